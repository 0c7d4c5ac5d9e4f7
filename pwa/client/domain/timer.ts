/**
 * Where the pacing timer stands, worked out from what was pressed and the time now. Nothing ticks
 * and nothing is counted up, so it is right after a reload, a locked screen and a flat battery.
 *
 *     start 14:00, plan 9 min · rest 5 · 9 min  →  at 14:11 resting, 3 minutes to go
 *
 * Time never runs backwards in here: an event or a `now` before the last event counts as at it.
 */

import { MINUTE_MS, type Plan } from "./plan.ts";
import type { Run, TimerEvent } from "./run.ts";

export type PhaseKind = "doing" | "resting" | "finished" | "stopped";

export type Phase = {
  readonly kind: PhaseKind;
  /** The round being done, or the one that comes after this rest; from 1. */
  readonly round: number;
  readonly roundsDone: number;
  /** Whether this round was begun and is not done: a rest now goes on with it afterwards. */
  readonly midRound: boolean;
  /** Milliseconds to the end of this phase; null where the person ends it, 0 when all is over. */
  readonly remainingMs: number | null;
  /** When this phase ends or ended, by the phone's clock; null where the person ends it. */
  readonly endsAt: number | null;
  /** When the whole plan ends or ended if nothing else is pressed; null where the unit is not time. */
  readonly planEndsAt: number | null;
  /** Milliseconds of doing so far, rests left out; 0 where the unit is not time. Never above plan. */
  readonly doneMs: number;
};

/** How much longer a rest gets at a press. */
export const MORE_REST_MS = 5 * MINUTE_MS;

/** Up to here after the end of a plan, the person is taken to be there. */
export const LATE_AFTER_MS = 2 * MINUTE_MS;

/** For so long after it was seen, the end of a plan is taken for the end of what was done; then it is asked. */
export const SEEN_HOLDS_MS = 60 * MINUTE_MS;

/** A round without time that nobody touched for so long is asked about, too. */
export const UNTOUCHED_MS = 120 * MINUTE_MS;

/** Where the run stands at `now` (milliseconds since 1970, by the phone's clock). */
export function phaseAt(run: Run, now: number): Phase {
  return asPhase(run.plan, standAt(run, now));
}

/**
 * Whether the run was opened late: its plan ended more than two minutes ago and nobody was there to
 * see it, or so long ago that having been there says nothing any more. Then the person is asked how
 * it was; time gone by is not taken for done.
 */
export function needsAsking(run: Run, now: number): boolean {
  const stand = standAt(run, now);
  if (run.plan.do === null) return stand.kind === "doing" && stand.at - stand.touchedAt > UNTOUCHED_MS;
  return stand.kind === "finished" && stand.now - stand.at > (wasSeen(stand) ? SEEN_HOLDS_MS : LATE_AFTER_MS);
}

/**
 * The timer as it stands. `at` is how far time has been followed, by a clock that was never set;
 * it stays where the run ended, while `now` goes on. The phone's clock shows `shift` more.
 */
type Stand = {
  readonly kind: PhaseKind;
  readonly at: number;
  readonly now: number;
  readonly shift: number;
  readonly round: number;
  readonly roundsDone: number;
  readonly midRound: boolean;
  readonly inRoundMs: number;
  readonly restLeftMs: number;
  readonly touchedAt: number;
  readonly seenAt: number | null;
};

function standAt(run: Run, now: number): Stand {
  const first = run.events.findIndex((event) => event.kind === "start");
  const start = run.events[first];
  if (start === undefined) return { ...beginning(now), kind: "stopped" };
  const afterAll = run.events.slice(first + 1).reduce((stand, event) => take(run.plan, stand, event), beginning(start.at));
  return follow(run.plan, afterAll, now - afterAll.shift);
}

function beginning(at: number): Stand {
  return {
    kind: "doing",
    at,
    now: at,
    shift: 0,
    round: 1,
    roundsDone: 0,
    midRound: true,
    inRoundMs: 0,
    restLeftMs: 0,
    touchedAt: at,
    seenAt: null,
  };
}

function take(plan: Plan, before: Stand, event: TimerEvent): Stand {
  if (event.kind === "clock") {
    const stand = follow(plan, before, event.was - before.shift);
    return { ...stand, shift: event.at - stand.now };
  }
  const stand = follow(plan, before, event.at - before.shift);
  if (event.kind === "seen") return { ...stand, seenAt: stand.now };
  return { ...pressed(plan, stand, event.kind), touchedAt: stand.now };
}

function pressed(plan: Plan, stand: Stand, kind: Exclude<TimerEvent["kind"], "clock" | "seen">): Stand {
  if (isOver(stand)) return stand;
  if (kind === "stop") return { ...stand, kind: "stopped" };
  if (stand.kind === "resting") {
    if (kind === "do") return afterRest(stand);
    if (kind === "more-rest") return { ...stand, restLeftMs: stand.restLeftMs + MORE_REST_MS };
    return stand;
  }
  if (kind === "rest") return { ...stand, kind: "resting", restLeftMs: plan.rest };
  // Pressed as the rest ran out: the person still means to rest.
  if (kind === "more-rest") return { ...stand, kind: "resting", restLeftMs: MORE_REST_MS };
  return kind === "round-done" && plan.do === null ? afterRound(plan, stand) : stand;
}

/** Lets time go by until `to`, through as many rounds and rests as fit. */
function follow(plan: Plan, from: Stand, to: number): Stand {
  const now = Math.max(from.now, to);
  let stand: Stand = { ...from, now };
  while (!isOver(stand)) {
    const left = leftInPhase(plan, stand);
    if (left === null || now - stand.at < left) return spend(stand, now - stand.at);
    stand = spend(stand, left);
    stand = stand.kind === "resting" ? afterRest(stand) : afterRound(plan, stand);
  }
  return stand;
}

function spend(stand: Stand, ms: number): Stand {
  const at = stand.at + ms;
  if (stand.kind === "resting") return { ...stand, at, restLeftMs: stand.restLeftMs - ms };
  return { ...stand, at, inRoundMs: stand.inRoundMs + ms };
}

function afterRound(plan: Plan, stand: Stand): Stand {
  const roundsDone = stand.roundsDone + 1;
  const done = { ...stand, roundsDone, midRound: false, inRoundMs: 0 };
  if (roundsDone >= plan.rounds) return { ...done, kind: "finished" };
  return { ...done, kind: "resting", round: stand.round + 1, restLeftMs: plan.rest };
}

function afterRest(stand: Stand): Stand {
  return { ...stand, kind: "doing", midRound: true, restLeftMs: 0 };
}

function asPhase(plan: Plan, stand: Stand): Phase {
  const { kind, round, roundsDone, midRound } = stand;
  const clockAt = stand.at + stand.shift;
  const remainingMs = isOver(stand) ? 0 : leftInPhase(plan, stand);
  return {
    kind,
    round,
    roundsDone,
    midRound,
    remainingMs,
    endsAt: remainingMs === null ? null : clockAt + remainingMs,
    planEndsAt: plan.do === null ? null : clockAt + leftInPlan(plan, plan.do, stand),
    doneMs: plan.do === null ? 0 : roundsDone * plan.do + stand.inRoundMs,
  };
}

function leftInPhase(plan: Plan, stand: Stand): number | null {
  if (stand.kind === "resting") return stand.restLeftMs;
  return plan.do === null ? null : plan.do - stand.inRoundMs;
}

function leftInPlan(plan: Plan, doMs: number, stand: Stand): number {
  if (isOver(stand)) return 0;
  const laterRounds = (plan.rounds - stand.round) * (plan.rest + doMs);
  return stand.restLeftMs + (doMs - stand.inRoundMs) + laterRounds;
}

function isOver(stand: Stand): boolean {
  return stand.kind === "finished" || stand.kind === "stopped";
}

function wasSeen(stand: Stand): boolean {
  return stand.seenAt !== null && stand.seenAt >= stand.at && stand.seenAt - stand.at <= LATE_AFTER_MS;
}
