import { useId } from "preact/hooks";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Words } from "../../components/words.tsx";
import type { DiaryEntry } from "../../domain/diary.ts";
import { recordTypes } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import { t } from "../../words/index.ts";
import { type EntryPlace, entryInWords, textsOf } from "../entries/entry-in-words.ts";
import { useApp } from "../frame/app.ts";
import { EarlierLink } from "../frame/earlier-link.tsx";
import { moveToTrash } from "../frame/to-trash.ts";

export interface DayEntryProps {
  readonly entry: DiaryEntry;
  readonly place: EntryPlace;
}

/** An entry in full, with the ways to change and to delete it. */
export function DayEntry({ entry, place }: DayEntryProps) {
  const app = useApp();
  const id = useId();
  const type: RecordType = recordTypes[entry.type];
  const kept = app.diary.one(type, entry.id);
  const { icon, isRest, heading, words, hasVersions, said } = entryInWords(entry, textsOf(kept), place);
  const changeHref = changeHrefOf(entry);

  const remove = async (): Promise<void> => {
    if (kept === undefined || !(await moveToTrash(app, type, kept))) return;
    // The button that was pressed is gone; the page it stood on is read on from its beginning.
    document.getElementById("main")?.focus({ preventScroll: true });
  };

  return (
    <article class={isRest ? "day-entry day-entry-rest" : "day-entry"} aria-labelledby={id}>
      <h3 class="day-entry-name" id={id}>
        <Icon name={icon} /> {heading}
      </h3>
      {words.map((text) => (
        <Words key={text}>{text}</Words>
      ))}
      {hasVersions && <p class="quiet">{t("entry.several-texts")}</p>}
      {said.length > 0 && (
        <ul class="day-entry-said">
          {said.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div class="row">
        {changeHref !== null && (
          <ButtonLink href={changeHref} icon="pencil" label={t("entry.change-of", { entry: heading })}>
            {t("entry.change")}
          </ButtonLink>
        )}
        <Button onPress={() => void remove()} label={t("entry.delete-of", { entry: heading })}>
          {t("entry.delete")}
        </Button>
        {kept !== undefined && <EarlierLink kept={kept} of={heading} />}
      </div>
    </article>
  );
}

/** Where an entry can be changed, or null: what a timer or a rough day wrote stays as it was written. */
function changeHrefOf({ type, id }: DiaryEntry): string | null {
  if (type === "check-in") return `/check-in/${id}`;
  return type === "win" ? `/wins/${id}` : null;
}
