/**
 * A run of the pacing timer: what was planned, and what the person pressed, when. It is plain JSON
 * and all there is to keep: where the timer stands follows from it and the time now.
 */

import { instant, isRecordId } from "./field.ts";
import { type Plan, parsePlan } from "./plan.ts";

/** What a person can press. */
export type Press =
  /** Begins the first round. */
  | "start"
  /** Rests now; the round goes on afterwards where it was. */
  | "rest"
  /** Ends a rest early. */
  | "do"
  /** Ends a round whose unit is not time. */
  | "round-done"
  /** Five minutes more rest. */
  | "more-rest"
  | "stop";

export type TimerEvent =
  | { readonly kind: Press; readonly at: number }
  /** The end of the plan was on a screen that was being looked at. */
  | { readonly kind: "seen"; readonly at: number }
  /** The phone's clock was set back: it said `at` when it should have said `was`. */
  | { readonly kind: "clock"; readonly at: number; readonly was: number };

export type Run = {
  readonly plan: Plan;
  /** The id of the activity's record, if it has one. */
  readonly activity: string | null;
  readonly name: string;
  /** The person's own unit, where the plan's unit is "own". */
  readonly unitName: string;
  /** In the order in which they happened, whatever the clock said. */
  readonly events: readonly TimerEvent[];
};

/** Begins a run at `at` (milliseconds since 1970, by the phone's clock). */
export function startRun(what: Omit<Run, "events">, at: number): Run {
  return { ...what, events: [{ kind: "start", at }] };
}

/** The run after a press. What makes no sense where the timer stands is kept and changes nothing. */
export function press(run: Run, kind: Press, at: number): Run {
  return withEvent(run, { kind, at });
}

/** The run after its end was seen on the screen; it then does not ask whether anyone was there. */
export function markSeen(run: Run, at: number): Run {
  return withEvent(run, { kind: "seen", at });
}

/** The run as if Stop had not been pressed: the way back from "How did it end?" to the timer. */
export function takeBackStop(run: Run): Run {
  return { ...run, events: run.events.filter((event) => event.kind !== "stop") };
}

/**
 * Notes that the phone's clock was set back, so that the timer does not stand still until the old
 * time comes round again. `expected` is what the clock should say, by a steady count. A jump
 * forward is left alone: it cannot be told from a phone that slept.
 */
export function noticeClock(run: Run, { now, expected }: { now: number; expected: number }): Run {
  if (now > expected - CLOCK_TOLERANCE_MS) return run;
  return withEvent(run, { kind: "clock", at: now, was: expected });
}

/** The same when a run is opened again and the last thing known is its last event. */
export function reopenRun(run: Run, now: number): Run {
  return noticeClock(run, { now, expected: run.events.at(-1)?.at ?? now });
}

/** Reads a stored run; events that are none are left out, and what is no run is undefined. */
export function parseRun(value: unknown): Run | undefined {
  if (!isMap(value)) return undefined;
  const plan = parsePlan(value.plan);
  const events = Array.isArray(value.events) ? value.events.flatMap(parseEvent) : [];
  if (plan === undefined || !events.some((event) => event.kind === "start")) return undefined;
  return {
    plan,
    activity: isRecordId(value.activity) ? value.activity : null,
    name: asText(value.name),
    unitName: asText(value.unitName),
    events,
  };
}

const CLOCK_TOLERANCE_MS = 5_000;

const INSTANT = instant();

const PRESSES: readonly string[] = ["start", "rest", "do", "round-done", "more-rest", "stop"] satisfies Press[];

function withEvent(run: Run, event: TimerEvent): Run {
  return { ...run, events: [...run.events, event] };
}

function parseEvent(value: unknown): TimerEvent[] {
  if (!isMap(value)) return [];
  const { kind } = value;
  const [at, was] = [INSTANT.parse(value.at), INSTANT.parse(value.was)];
  if (typeof kind !== "string" || at === undefined) return [];
  if (kind === "clock") return was === undefined ? [] : [{ kind, at, was }];
  return PRESSES.includes(kind) || kind === "seen" ? [{ kind: kind as Press | "seen", at }] : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
