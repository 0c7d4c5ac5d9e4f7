/** What Today shows, from everything there is and the day it is. */

import type { Day } from "./day.ts";
import { dayGiven, wentOf } from "./diary.ts";
import { isActive, nextStep } from "./goal.ts";
import type { Activity, CheckIn, Goal, RoughDay, Session, Step, Went } from "./record-types.ts";
import type { Recorded } from "./schema.ts";
import { newestFirst } from "./written.ts";

export type TodayRecords = {
  readonly checkIns: readonly Recorded<CheckIn>[];
  readonly roughDays: readonly Recorded<RoughDay>[];
  readonly sessions: readonly Recorded<Session>[];
  /** When each activity was last done, where that is known; else it is looked for in the sessions. */
  readonly lastDone?: ReadonlyMap<string, number>;
  readonly activities: readonly Recorded<Activity>[];
  readonly goals: readonly Recorded<Goal>[];
  readonly steps: readonly Recorded<Step>[];
};

export type GoalStep = { readonly goal: Recorded<Goal>; readonly step: Recorded<Step> };

export type TodayPage = {
  /** Newest first, as all lists of today's entries. */
  readonly checkInsToday: readonly Recorded<CheckIn>[];
  readonly roughDaysToday: readonly Recorded<RoughDay>[];
  readonly sessionsToday: readonly Recorded<Session>[];
  readonly went: Went | null;
  /** The next step of each active goal that has one; goals by id, so that they keep their place. */
  readonly nextSteps: readonly GoalStep[];
  /** Activities in their order: those done most lately first, then by id. */
  readonly activities: readonly Recorded<Activity>[];
};

/** Puts Today together. `today` is the local day now. */
export function todayPage(today: Day, records: TodayRecords): TodayPage {
  const checkInsToday = ofDay(today, records.checkIns);
  return {
    checkInsToday,
    roughDaysToday: ofDay(today, records.roughDays),
    sessionsToday: ofDay(today, records.sessions),
    went: wentOf(checkInsToday),
    nextSteps: nextSteps(records.goals, records.steps),
    activities: byLastDone(records.activities, records.lastDone ?? lastDoneIn(records.sessions)),
  };
}

/** The next step of each active goal. */
export function nextSteps(goals: readonly Recorded<Goal>[], steps: readonly Recorded<Step>[]): GoalStep[] {
  return [...goals]
    .filter(({ values }) => isActive(values))
    .sort(byId)
    .flatMap((goal) => {
      const step = nextStep(goal.id, steps);
      return step === undefined ? [] : [{ goal, step }];
    });
}

function ofDay<R extends Recorded<Pick<CheckIn, "day" | "written" | "offset">>>(day: Day, records: readonly R[]): R[] {
  return records.filter(({ values }) => dayGiven(values) === day).sort(newestFirst);
}

/** When each activity was last done: the latest moment at which a session of it was written, in ms. */
export function lastDoneIn(sessions: readonly Recorded<Session>[]): ReadonlyMap<string, number> {
  const lastDone = new Map<string, number>();
  for (const { values } of sessions) {
    if (values.activity === undefined || values.written === undefined) continue;
    lastDone.set(values.activity, Math.max(values.written, lastDone.get(values.activity) ?? -Infinity));
  }
  return lastDone;
}

function byLastDone(activities: readonly Recorded<Activity>[], lastDone: ReadonlyMap<string, number>): Recorded<Activity>[] {
  const done = (activity: Recorded<Activity>) => lastDone.get(activity.id) ?? -Infinity;
  return [...activities].sort((a, b) => (done(a) === done(b) ? byId(a, b) : done(b) > done(a) ? 1 : -1));
}

function byId(a: Recorded<unknown>, b: Recorded<unknown>): number {
  return a.id < b.id ? -1 : 1;
}
