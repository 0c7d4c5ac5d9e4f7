/**
 * What a run becomes in the diary, once the person has said how it ended. What they did not say and
 * the timer cannot know stays unsaid: time gone by is never written down as done by itself.
 */

import { type Decimal, type DecimalText, decimalText, makeDecimal, readDecimal, roundDownToStep, sum, timesRational } from "./decimal.ts";
import { MINUTE_MS, type Plan, plannedAmount, timesRounds } from "./plan.ts";
import type { Ended, Unit } from "./record-types.ts";
import type { Run } from "./run.ts";
import { phaseAt } from "./timer.ts";

/** How it ended, in the person's word; amounts are in the unit of the plan and may be left unsaid. */
export type Answer =
  | { readonly ended: "as-planned" }
  /** `actual`: how much in all, where the person puts it right. */
  | { readonly ended: "stopped-sooner"; readonly actual?: DecimalText }
  /** `more`: how much beyond the plan. */
  | { readonly ended: "went-on"; readonly more?: DecimalText }
  | { readonly ended: "dont-remember" };

/** The values of a session that follow from a run. `planned` and `actual` are of all rounds. */
export type Outcome = {
  readonly name: string;
  readonly activity?: string;
  readonly unit: Unit;
  readonly unitName?: string;
  readonly rounds: number;
  readonly planned: DecimalText;
  readonly actual?: DecimalText;
  readonly ended: Ended;
};

/** The answers to "How did it end?", and to the same asked late: by then one may not know any more. */
export const ANSWERS = ["as-planned", "stopped-sooner", "went-on"] as const satisfies Ended[];
export const LATE_ANSWERS = [...ANSWERS, "dont-remember"] as const satisfies Ended[];

/** The session a run becomes with the person's answer. */
export function outcome(run: Run, answer: Answer): Outcome {
  const actual = actualAmount(run, answer);
  return {
    name: run.name,
    ...(run.activity === null ? {} : { activity: run.activity }),
    unit: run.plan.unit,
    ...(run.plan.unit === "own" ? { unitName: run.unitName } : {}),
    rounds: run.plan.rounds,
    planned: decimalText(plannedAmount(run.plan)),
    ...(actual === undefined ? {} : { actual }),
    ended: answer.ended,
  };
}

/**
 * How much was done when Stop was pressed, in the plan's unit: minutes rounded down to a tenth, else
 * whole rounds. Undefined where nobody pressed it, or within a round that only the person can tell.
 */
export function amountAtStop(run: Run): DecimalText | undefined {
  const phase = phaseAt(run, run.events.at(-1)?.at ?? 0);
  if (phase.kind !== "stopped") return undefined;
  const { plan } = run;
  if (plan.do !== null) return decimalText(minutesDone(plan, phase.doneMs));
  return phase.midRound ? undefined : decimalText(timesRounds(plan, phase.roundsDone));
}

function actualAmount(run: Run, answer: Answer): DecimalText | undefined {
  switch (answer.ended) {
    case "as-planned":
      return decimalText(plannedAmount(run.plan));
    case "stopped-sooner":
      return answer.actual ?? amountAtStop(run);
    case "went-on":
      return answer.more === undefined ? undefined : beyondPlan(run.plan, answer.more);
    case "dont-remember":
      return undefined;
  }
}

function beyondPlan(plan: Plan, more: DecimalText): DecimalText | undefined {
  const beyond = readDecimal(more);
  return beyond === undefined ? undefined : decimalText(sum([plannedAmount(plan), beyond]));
}

function minutesDone(plan: Plan, doneMs: number): Decimal {
  if (plan.do !== null && doneMs >= plan.do * plan.rounds) return plannedAmount(plan);
  return roundDownToStep(timesRational(makeDecimal(doneMs), 1, MINUTE_MS), makeDecimal(1, 1));
}
