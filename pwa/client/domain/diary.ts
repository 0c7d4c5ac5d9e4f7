/**
 * The diary by day. A blank day is no page: it is blank, not zero. An entry goes by the day the
 * person gave; the clock only orders what stands on one page.
 */

import { type Day, dayOf } from "./day.ts";
import type { CheckIn, RoughDay, Session, Went, Win } from "./record-types.ts";
import type { Recorded } from "./schema.ts";
import { newestFirst } from "./written.ts";

export type DiaryRecords = {
  readonly checkIns: readonly Recorded<CheckIn>[];
  readonly roughDays: readonly Recorded<RoughDay>[];
  readonly sessions: readonly Recorded<Session>[];
  readonly wins: readonly Recorded<Win>[];
};

export type DiaryEntry =
  | { readonly type: "check-in"; readonly id: string; readonly values: CheckIn }
  | { readonly type: "rough-day"; readonly id: string; readonly values: RoughDay }
  | { readonly type: "session"; readonly id: string; readonly values: Session }
  | { readonly type: "win"; readonly id: string; readonly values: Win };

export type DiaryPage = {
  /** Null on the last page, for entries that say neither a day nor when they were written. */
  readonly day: Day | null;
  /** The last answer to "How did today go?", or null when there was none. */
  readonly went: Went | null;
  /** Everything of that day, newest first. */
  readonly entries: readonly DiaryEntry[];
};

/** All pages with something on them, newest first. */
export function diaryPages(records: DiaryRecords): DiaryPage[] {
  return [...entriesByDay(diaryEntries(records))]
    .map(([day, entries]) => diaryPage(day, entries))
    .sort((a, b) => ((a.day ?? "") < (b.day ?? "") ? 1 : -1));
}

/** The page of one day; blank when there is nothing. */
export function pageOf(day: Day, records: DiaryRecords): DiaryPage {
  return diaryPage(
    day,
    diaryEntries(records).filter(({ values }) => dayGiven(values) === day),
  );
}

/** How a day went: of several answers the one written last stands. All stay in the diary. */
export function wentOf(checkIns: readonly Recorded<CheckIn>[]): Went | null {
  const answered = checkIns.filter(({ values }) => values.went !== undefined).sort(newestFirst);
  return answered[0]?.values.went ?? null;
}

/** The day an entry belongs to: the one given, else the one it was written on, else null. */
export function dayGiven({ day, written, offset }: Pick<CheckIn, "day" | "written" | "offset">): Day | null {
  if (day !== undefined) return day;
  return written === undefined ? null : dayOf({ at: written, offset: offset ?? 0 });
}

function entriesByDay(entries: readonly DiaryEntry[]): Map<Day | null, DiaryEntry[]> {
  const byDay = new Map<Day | null, DiaryEntry[]>();
  for (const entry of entries) {
    const day = dayGiven(entry.values);
    const sameDay = byDay.get(day);
    if (sameDay === undefined) byDay.set(day, [entry]);
    else sameDay.push(entry);
  }
  return byDay;
}

function diaryPage(day: Day | null, entries: readonly DiaryEntry[]): DiaryPage {
  const checkIns = entries.filter((entry) => entry.type === "check-in");
  return { day, went: wentOf(checkIns), entries: [...entries].sort(newestFirst) };
}

function diaryEntries({ checkIns, roughDays, sessions, wins }: DiaryRecords): DiaryEntry[] {
  return [
    ...checkIns.map(({ id, values }) => ({ type: "check-in" as const, id, values })),
    ...roughDays.map(({ id, values }) => ({ type: "rough-day" as const, id, values })),
    ...sessions.map(({ id, values }) => ({ type: "session" as const, id, values })),
    ...wins.map(({ id, values }) => ({ type: "win" as const, id, values })),
  ];
}
