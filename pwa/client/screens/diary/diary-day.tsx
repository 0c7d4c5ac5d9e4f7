import { ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/chip.tsx";
import { DayHeading } from "../../components/day-heading.tsx";
import { Icon } from "../../components/icon.tsx";
import { Rows } from "../../components/rows.tsx";
import type { DiaryEntry, DiaryPage } from "../../domain/diary.ts";
import { recordTypes } from "../../domain/record-types.ts";
import { t } from "../../words/index.ts";
import { wentKey } from "../check-in/went.ts";
import { DayEntry } from "../day/day-entry.tsx";
import { NO_DAY } from "../day/day-screen.tsx";
import { type EntryPlace, entryInWords, isWentSaid, textsOf } from "../entries/entry-in-words.ts";
import { firstWords } from "../entries/first-words.ts";
import { useApp } from "../frame/app.ts";
import { dayAsSaid } from "../frame/dates.ts";

/** So many entries of a day are drawn here, the newest; the day itself has the rest. */
const MOST_ENTRIES = 12;

/** One day of the diary: how it went, and each entry, shortened, as a way to the whole. */
export function DiaryDay({ page }: { readonly page: DiaryPage }) {
  const { clock, settings } = useApp();
  const today = clock.today.value;
  const { day, went } = page;
  const entries = page.entries.slice(0, MOST_ENTRIES);
  const dayHref = `/diary/${day ?? NO_DAY}`;
  const more = page.entries.length > MOST_ENTRIES && (
    <ButtonLink href={dayHref}>{t(day === null ? "diary.more-without-day" : "diary.more-of-day")}</ButtonLink>
  );
  const place = { day, today, turn: settings.value.dayTurn, isWentSaid: isWentSaid(page) };
  if (day === null) {
    return (
      <section class="diary-day">
        <h2 class="day-heading">{t("diary.no-day")}</h2>
        {entries.map((entry) => (
          <DayEntry key={entry.id} entry={entry} place={place} />
        ))}
        {more}
      </section>
    );
  }
  return (
    <section class="diary-day">
      <div class="diary-day-name">
        <DayHeading day={day} text={dayAsSaid(day, today)} href={dayHref} />
        {went !== null && <Chip tone="do">{t(wentKey(went))}</Chip>}
      </div>
      <Rows>
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} place={place} href={hrefOf(entry, dayHref)} />
        ))}
      </Rows>
      {more}
    </section>
  );
}

interface EntryRowProps {
  readonly entry: DiaryEntry;
  readonly place: EntryPlace;
  readonly href: string;
}

function EntryRow({ entry, place, href }: EntryRowProps) {
  const { diary } = useApp();
  const { icon, isRest, heading, words, said } = entryInWords(entry, textsOf(diary.one(recordTypes[entry.type], entry.id)), place);
  return (
    <li>
      <a class={isRest ? "list-row entry-row entry-row-rest" : "list-row entry-row"} href={href}>
        <Icon name={icon} />
        <span class="list-row-text">
          <span class="row-note">{heading}</span>
          {words.map((text) => (
            <span key={text} class="words" dir="auto">
              {firstWords(text)}
            </span>
          ))}
          {said.length > 0 && <span class="entry-said">{said.join("\u00a0· ")}</span>}
        </span>
        <Icon name="forward" />
      </a>
    </li>
  );
}

/** Where an entry opens: to be changed, or, where there is nothing to change, on its day. */
function hrefOf({ type, id }: DiaryEntry, dayHref: string): string {
  if (type === "check-in") return `/check-in/${id}`;
  return type === "win" ? `/wins/${id}` : dayHref;
}
