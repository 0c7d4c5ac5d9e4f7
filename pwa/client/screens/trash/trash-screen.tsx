import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { t } from "../../words/index.ts";
import { useAsRead } from "../entries/as-read.tsx";
import { useApp } from "../frame/app.ts";
import { momentInWords } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { putBack } from "../frame/to-trash.ts";
import { knownBy, sortInWords, TRASHED_TYPES, type Trashed } from "./trash-words.ts";

/** So many things are drawn before anything else, and so many more at a time. */
const FIRST_THINGS = 12;
const MORE_THINGS = 20;

/** What was deleted, the last deleted first, to be put back. */
export function TrashScreen() {
  const { diary } = useApp();
  const trashed = useMemo(() => diary.trashed(TRASHED_TYPES), [diary]).value;
  const { shown, list, more } = useAsRead((count) => trashed.slice(0, count), {
    first: FIRST_THINGS,
    step: MORE_THINGS,
    label: t("trash.earlier"),
  });
  return (
    <Room name={t("trash.title")} under={t("trash.under")} back={{ href: "/more" }}>
      {trashed.length === 0 && diary.isWhole.value && <EmptyState text={t("trash.empty")} />}
      <ul class="trash" ref={list as RefObject<HTMLUListElement>}>
        {shown.map((thing) => (
          <Thing key={thing.kept.id} thing={thing} />
        ))}
      </ul>
      {more}
    </Room>
  );
}

function Thing({ thing }: { readonly thing: Trashed }) {
  const app = useApp();
  const { text, isWords } = knownBy(thing);
  const sort = sortInWords(thing);
  const bringBack = async (): Promise<void> => {
    if (!(await putBack(app, thing.type, thing.kept))) return;
    // The button that was pressed is gone; the page it stood on is read on from its beginning.
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  return (
    <li class="trash-thing">
      <div>
        <p class="row-note">
          {sort} · {t("trash.deleted-at", { when: momentInWords(thing.kept.changedAt, app.clock.today.value) })}
        </p>
        <p class={isWords ? "words" : undefined} dir="auto">
          {text}
        </p>
      </div>
      <Button icon="undo" onPress={() => void bringBack()} label={t("trash.put-back-of", { entry: `${sort}, ${text}` })}>
        {t("trash.put-back")}
      </Button>
    </li>
  );
}
