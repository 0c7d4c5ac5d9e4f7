/**
 * A pacing plan: rounds of doing with a rest between them. It is the most for this time, not the
 * least. Nothing comes after the last round: there it ends.
 */

import { type Decimal, type DecimalText, makeDecimal, readDecimal, roundDownToStep, timesRational } from "./decimal.ts";
import { activity, session, type Unit } from "./record-types.ts";

export type Plan = {
  readonly unit: Unit;
  /** How much in one round, in the activity's unit. */
  readonly amount: DecimalText;
  /** Milliseconds of one round; null where the unit is not time and the person ends each round. */
  readonly do: number | null;
  /** Milliseconds of a rest. */
  readonly rest: number;
  readonly rounds: number;
};

export type PlanWish = {
  readonly unit: Unit;
  readonly amount: DecimalText;
  readonly restMinutes: number;
  readonly rounds: number;
};

export const MINUTE_MS = 60_000;

/** Makes a plan; undefined where a part is out of its bounds, such as a timer of nothing. */
export function makePlan({ unit, amount, restMinutes, rounds }: PlanWish): Plan | undefined {
  return checkedPlan(unit, amount, restMinutes, rounds);
}

/** Reads a stored plan; undefined when it is not one. `do` is worked out again from the amount. */
export function parsePlan(value: unknown): Plan | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { unit, amount, rest, rounds } = value as Readonly<Record<string, unknown>>;
  return checkedPlan(unit, amount, typeof rest === "number" ? rest / MINUTE_MS : rest, rounds);
}

/** The amount of the whole plan: all its rounds. */
export function plannedAmount(plan: Plan): Decimal {
  return timesRounds(plan, plan.rounds);
}

/** The amount of so many rounds. */
export function timesRounds(plan: Plan, rounds: number): Decimal {
  const { units, places } = exactAmount(plan.amount);
  return makeDecimal(units * BigInt(rounds), places);
}

function checkedPlan(unit: unknown, amount: unknown, restMinutes: unknown, rounds: unknown): Plan | undefined {
  const checked = {
    unit: activity.fields.unit.parse(unit),
    amount: activity.fields.amount.parse(amount),
    restMinutes: activity.fields.rest.parse(restMinutes),
    rounds: session.fields.rounds.parse(rounds),
  };
  if (checked.unit === undefined || checked.amount === undefined) return undefined;
  if (checked.restMinutes === undefined || checked.rounds === undefined) return undefined;
  return {
    unit: checked.unit,
    amount: checked.amount,
    do: checked.unit === "minutes" ? minutesInMs(checked.amount) : null,
    rest: checked.restMinutes * MINUTE_MS,
    rounds: checked.rounds,
  };
}

/** Exact: an amount has at most three places, so its milliseconds are whole. */
function minutesInMs(minutes: DecimalText): number {
  const exact = timesRational(exactAmount(minutes), MINUTE_MS, 1);
  return Number(roundDownToStep(exact, makeDecimal(1)).units);
}

function exactAmount(amount: DecimalText): Decimal {
  const read = readDecimal(amount);
  if (read === undefined) throw new RangeError("a plan's amount is a decimal");
  return read;
}
