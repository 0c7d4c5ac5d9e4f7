/** What an entry of the diary says: what it is, what the person chose, and what they wrote. */
import type { IconName } from "../../components/icon.tsx";
import { type Day, dayOf } from "../../domain/day.ts";
import type { DiaryEntry, DiaryPage } from "../../domain/diary.ts";
import type { CheckIn, RoughDay, Session } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import { RATINGS } from "../../domain/settings.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { RATING_WORDS } from "../check-in/ratings.tsx";
import { wentKey } from "../check-in/went.ts";
import { amountInWords } from "../frame/amounts.ts";
import { dayInWords, timeInWords } from "../frame/dates.ts";
import { runName } from "../timer/run-name.ts";
import { winSaid } from "./win-in-words.ts";

export interface EntryInWords {
  readonly icon: IconName;
  /** Of a bad day, and so in its colour. */
  readonly isRest: boolean;
  /** What it is and when it was written, as a heading. */
  readonly heading: string;
  /** What the person wrote; each version, where a text was written in more than one place. */
  readonly words: readonly string[];
  readonly hasVersions: boolean;
  /** What the person chose, in the app's words. */
  readonly said: readonly string[];
}

export interface EntryPlace {
  /** The day on whose page it stands; null on the page of those without one. */
  readonly day: Day | null;
  readonly today: Day;
  /** The hour at which a day turns. */
  readonly turn: number;
  /** The day's heading says how it went already, so that this entry need not. */
  readonly isWentSaid: boolean;
}

const ICONS: Readonly<Record<DiaryEntry["type"], IconName>> = { "check-in": "diary", "rough-day": "rough", session: "walk", win: "cairn" };

/** An entry in words. `texts` gives all versions of one of its texts, newest first. */
export function entryInWords(entry: DiaryEntry, texts: (field: string) => readonly string[], place: EntryPlace): EntryInWords {
  const written = WRITTEN[entry.type].map((field) => texts(field).filter((text) => text.trim() !== ""));
  return {
    icon: ICONS[entry.type],
    isRest: entry.type === "rough-day",
    heading: headingOf(entry, place),
    words: entry.type === "session" ? [runName(entry.values)] : written.flat(),
    hasVersions: written.some((versions) => versions.length > 1),
    said: saidIn(entry, place),
  };
}

/** All versions of a record's texts, newest first; none where it is not there. */
export function textsOf(kept: Kept<RecordType> | undefined): (field: string) => readonly string[] {
  return (field) => kept?.texts(field).map(({ text }) => text) ?? [];
}

/** Whether the day's heading says how its check-ins say it went: of several answers, each stands with its own. */
export function isWentSaid({ entries }: DiaryPage): boolean {
  return entries.filter(({ type, values }) => type === "check-in" && values.went !== undefined).length <= 1;
}

/** The fields of each type that the person writes in, in the order in which they are read. */
const WRITTEN: Readonly<Record<DiaryEntry["type"], readonly string[]>> = {
  "check-in": ["word", "note"],
  "rough-day": ["word"],
  session: [],
  win: ["words"],
};

function headingOf({ type, values }: DiaryEntry, { day, today, turn }: EntryPlace): string {
  const entry = t(`entry.${type}`);
  const { written, offset = 0 } = values;
  if (written === undefined) return entry;
  const dayWritten = dayOf({ at: written, offset, turn });
  const isSameDay = day === null || day === dayWritten;
  return t("entry.and-when", {
    entry,
    when: isSameDay ? timeInWords(written, offset) : t("entry.written-on", { day: dayInWords(dayWritten, today) }),
  });
}

function saidIn(entry: DiaryEntry, { isWentSaid }: EntryPlace): readonly string[] {
  switch (entry.type) {
    case "check-in":
      return checkInSaid(entry.values, isWentSaid);
    case "rough-day":
      return roughDaySaid(entry.values);
    case "session":
      return sessionSaid(entry.values);
    case "win":
      return winSaid(entry.values);
  }
}

function checkInSaid(values: CheckIn, isWentSaid: boolean): readonly string[] {
  const ratings = RATINGS.flatMap((rating) => {
    const value = values[rating];
    return value === undefined ? [] : [t("entry.rating", { rating: t(RATING_WORDS[rating].name), value })];
  });
  return [
    ...(values.went === undefined || isWentSaid ? [] : [t(wentKey(values.went))]),
    ...(values.rested === true ? [t("entry.rested")] : []),
    ...ratings,
  ];
}

function roughDaySaid({ how }: RoughDay): readonly string[] {
  return how === undefined ? [] : [t(`rough-day.${how}`)];
}

function sessionSaid({ unit, unitName, planned, actual, ended, after }: Session): readonly string[] {
  const inUnit = (amount: NonNullable<Session["planned"]>): string =>
    amountInWords({ amount, ...(unit === undefined ? {} : { unit }), ...(unitName === undefined ? {} : { unitName }) });
  return [
    ...(planned === undefined ? [] : [t("entry.planned", { amount: inUnit(planned) })]),
    ...(actual === undefined ? [] : [t("entry.done", { amount: inUnit(actual) })]),
    ...(ended === undefined ? [] : [t(`entry.ended-${ended}`)]),
    ...(after === undefined ? [] : [t(`entry.after-${after}`)]),
  ];
}
