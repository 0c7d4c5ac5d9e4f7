/**
 * The diary by day. A blank day is no page: it is blank, not zero. An entry goes by the day the
 * person gave; the clock only orders what stands on one page.
 */

import { type Day, dayOf } from "./day.ts";
import type { CheckIn, RoughDay, Session, Went, Win } from "./record-types.ts";
import type { Recorded } from "./schema.ts";
import { newestFirst } from "./written.ts";

/** Records of one type by the day they belong to, which is what `dayGiven` says; null for those that belong to none. */
export type ByDay<R> = {
  /** The days with something on them, in no order. */
  days(): Iterable<Day | null>;
  of(day: Day | null): readonly R[];
};

export type DiaryRecords = {
  readonly checkIns: ByDay<Recorded<CheckIn>>;
  readonly roughDays: ByDay<Recorded<RoughDay>>;
  readonly sessions: ByDay<Recorded<Session>>;
  readonly wins: ByDay<Recorded<Win>>;
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

/** All pages with something on them, newest first. A page looks at its day when its entries are asked for, and once. */
export function diaryPages(records: DiaryRecords): DiaryPage[] {
  const days = new Set(Object.values(records).flatMap((ofType) => [...ofType.days()]));
  return latestFirst(days).map((day) => pageOf(day, records));
}

/** Days in their order, the latest first; after them what belongs to none. */
export function latestFirst(days: Iterable<Day | null>): (Day | null)[] {
  return [...days].sort((a, b) => ((a ?? "") < (b ?? "") ? 1 : -1));
}

/** The page of one day; blank when there is nothing. */
export function pageOf(day: Day | null, records: DiaryRecords): DiaryPage {
  let [entries, went]: [readonly DiaryEntry[] | undefined, Went | null | undefined] = [undefined, undefined];
  return {
    day,
    get went() {
      if (went === undefined) went = wentOf(records.checkIns.of(day));
      return went;
    },
    get entries() {
      entries ??= diaryEntries(day, records).sort(newestFirst);
      return entries;
    },
  };
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

function diaryEntries(day: Day | null, { checkIns, roughDays, sessions, wins }: DiaryRecords): DiaryEntry[] {
  return [
    ...checkIns.of(day).map(({ id, values }) => ({ type: "check-in" as const, id, values })),
    ...roughDays.of(day).map(({ id, values }) => ({ type: "rough-day" as const, id, values })),
    ...sessions.of(day).map(({ id, values }) => ({ type: "session" as const, id, values })),
    ...wins.of(day).map(({ id, values }) => ({ type: "win" as const, id, values })),
  ];
}
