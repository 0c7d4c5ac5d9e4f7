import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { ButtonLink } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Section } from "../../components/section.tsx";
import { compareDays, type Day, mayFillIn, parseDay } from "../../domain/day.ts";
import { type DiaryEntry, type DiaryPage, pageOf } from "../../domain/diary.ts";
import { t } from "../../words/index.ts";
import { wentKey } from "../check-in/went.ts";
import { useAsRead } from "../entries/as-read.tsx";
import { useDiaryRecords } from "../entries/diary-records.ts";
import { isWentSaid } from "../entries/entry-in-words.ts";
import { useApp } from "../frame/app.ts";
import { dayAsSaid, dayInWords } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { BesideDays } from "./beside-days.tsx";
import { DayEntry } from "./day-entry.tsx";

/** In the place of a day in the address: what belongs to none. */
export const NO_DAY = "no-day";

/** So many entries are drawn before anything else, more than a screen shows, and so many more at a time. */
const FIRST_ENTRIES = 8;
const MORE_ENTRIES = 20;

/** Everything of one day, or of none. */
export function DayScreen({ params }: { readonly params: Params }) {
  const day = params.day === NO_DAY ? null : parseDay(params.day);
  return day === undefined ? <NotFoundScreen /> : <OneDay key={day} day={day} />;
}

function OneDay({ day }: { readonly day: Day | null }) {
  const { clock, settings } = useApp();
  const records = useDiaryRecords();
  const page = useMemo(() => pageOf(day, records), [day, records]);
  const entries = (count: number): readonly DiaryEntry[] => page.entries.slice(0, count);
  const { shown, list, more } = useAsRead(entries, { first: FIRST_ENTRIES, step: MORE_ENTRIES, label: t("one-day.earlier") });
  const today = clock.today.value;
  const [date, said] = day === null ? [t("diary.no-day"), t("diary.no-day")] : [dayInWords(day, today), dayAsSaid(day, today)];
  const place = { day, today, turn: settings.value.dayTurn, isWentSaid: isWentSaid(page) };
  return (
    <Room
      name={date}
      over={said !== date && said}
      under={page.went !== null && t("one-day.went", { went: t(wentKey(page.went)) })}
      back={{ href: "/diary", text: t("places.diary") }}
      place="diary"
    >
      {page.entries.length === 0 ? (
        <Blank day={day} />
      ) : (
        <Section heading={t("one-day.entries")} isHeadingHidden>
          <div class="stack-close" ref={list as RefObject<HTMLDivElement>}>
            {shown.map((entry) => (
              <DayEntry key={entry.id} entry={entry} place={place} />
            ))}
          </div>
          {more}
        </Section>
      )}
      {day !== null && <BesideDays day={day} today={today} />}
      {day !== null && mayFillIn(day, today) && <FillIn day={day} page={page} />}
    </Room>
  );
}

/** A day with nothing on it. Until all months are in memory, nothing is said of one that may have something. */
function Blank({ day }: { readonly day: Day | null }) {
  const { diary, clock } = useApp();
  if (day !== null && compareDays(day, clock.today.value) > 0) return <EmptyState text={t("one-day.to-come")} />;
  return diary.isWhole.value ? <EmptyState text={t("one-day.blank")} /> : null;
}

function FillIn({ day, page }: { readonly day: Day; readonly page: DiaryPage }) {
  const { clock } = useApp();
  const hasCheckedIn = page.entries.some(({ type }) => type === "check-in");
  return (
    <Dock>
      <ButtonLink kind="main" isWide href={day === clock.today.value ? "/check-in" : `/check-in?day=${day}`} icon="diary">
        {t(hasCheckedIn ? "one-day.check-in-again" : "one-day.check-in")}
      </ButtonLink>
    </Dock>
  );
}
