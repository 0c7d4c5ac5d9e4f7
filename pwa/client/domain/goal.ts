/** Goals and their steps. Resting and letting go are as good as done; "not now" is an answer. */

import type { Goal, Step } from "./record-types.ts";
import type { Recorded } from "./schema.ts";

/** The steps of one goal in their order; ties, and steps without an order, by id at the end. */
export function stepsOf<S extends Recorded<Step>>(goalId: string, steps: readonly S[]): S[] {
  return steps.filter((step) => step.values.goal === goalId).sort(inOrder);
}

/** The first step of a goal that is neither done nor put off, or undefined. */
export function nextStep<S extends Recorded<Step>>(goalId: string, steps: readonly S[]): S | undefined {
  return stepsOf(goalId, steps).find(isOpen);
}

/** The place for a new step: after all the others of its goal. */
export function orderForNewStep(goalId: string, steps: readonly Recorded<Step>[]): number {
  return Math.max(-1, ...stepsOf(goalId, steps).map((step) => step.values.order ?? -1)) + 1;
}

/** Whether a goal is being worked on; one that was never said to be otherwise is. */
export function isActive({ state = "active" }: Goal): boolean {
  return state === "active";
}

/** Below this, the app asks "shall we make it smaller?". */
export const SURE_ENOUGH = 7;

/** Whether the person is less sure than 7 of 10; not when they did not say. */
export function mayBeSmaller({ sure }: Goal): boolean {
  return sure !== undefined && sure < SURE_ENOUGH;
}

function isOpen({ values: { state } }: Recorded<Step>): boolean {
  return state !== "done" && state !== "not-now";
}

function inOrder(a: Recorded<Step>, b: Recorded<Step>): number {
  const [left, right] = [a.values.order ?? Infinity, b.values.order ?? Infinity];
  if (left !== right) return left - right;
  return a.id < b.id ? -1 : 1;
}
