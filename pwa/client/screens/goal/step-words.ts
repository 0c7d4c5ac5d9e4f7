/** How a step went, in words and as a mark. */
import type { MarkState } from "../../components/mark.tsx";
import { type Step, step } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import type { Key } from "../../words/index.ts";

export type KeptStep = Kept<typeof step>;
export type StepState = NonNullable<Step["state"]>;

export const STEP_STATES = step.fields.state.options;

export const STEP: Readonly<Record<StepState, { readonly text: Key; readonly said: Key; readonly mark: MarkState }>> = {
  tried: { text: "step.tried", said: "step.said-tried", mark: "part" },
  partly: { text: "step.partly", said: "step.said-partly", mark: "part" },
  done: { text: "step.done", said: "step.said-done", mark: "done" },
  "not-now": { text: "step.not-now", said: "step.said-not-now", mark: "rest" },
};
