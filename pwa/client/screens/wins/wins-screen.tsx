import type { RefObject } from "preact";
import { useCallback } from "preact/hooks";
import { ButtonLink } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ListRow } from "../../components/rows.tsx";
import { dayGiven } from "../../domain/diary.ts";
import { win } from "../../domain/record-types.ts";
import { newestWins } from "../../domain/wins.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { useAsRead } from "../entries/as-read.tsx";
import { firstWords } from "../entries/first-words.ts";
import { winSaid } from "../entries/win-in-words.ts";
import { useApp } from "../frame/app.ts";
import { dayAsSaid } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";

/** So many wins are drawn before anything else, and so many more at a time. */
const FIRST_WINS = 9;
const MORE_WINS = 20;

/** The person's own wins, the newest first. */
export function WinsScreen() {
  const { diary } = useApp();
  const wins = diary.byDay(win).value;
  const newest = useCallback((count: number) => newestWins(wins, count), [wins]);
  const { shown, list, more } = useAsRead(newest, { first: FIRST_WINS, step: MORE_WINS, label: t("wins.earlier") });
  return (
    <Room name={t("wins.title")} under={t("wins.private")} back={{ href: "/diary", text: t("places.diary") }} place="diary">
      {shown.length === 0 && diary.isWhole.value && <EmptyState text={t("wins.empty")} />}
      <ul class="link-list wins" ref={list as RefObject<HTMLUListElement>}>
        {shown.map((kept) => (
          <WinRow key={kept.id} kept={kept} />
        ))}
      </ul>
      {more}
      <Dock>
        <ButtonLink kind="main" isWide href="/wins/new" icon="cairn">
          {t("wins.write")}
        </ButtonLink>
      </Dock>
    </Room>
  );
}

function WinRow({ kept }: { readonly kept: Kept<typeof win> }) {
  const { clock } = useApp();
  const { id, values } = kept;
  const day = dayGiven(values);
  const versions = kept.texts("words").map(({ text }) => firstWords(text));
  const said = [...winSaid(values), ...(day === null ? [] : [dayAsSaid(day, clock.today.value)])];
  return <ListRow href={`/wins/${id}`} text={versions.join("\n")} isWords note={said.join("\u00a0· ")} />;
}
