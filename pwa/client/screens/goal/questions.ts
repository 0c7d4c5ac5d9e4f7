/** The questions about a goal, in the order in which they are asked. Only the first needs an answer. */
import type { Goal } from "../../domain/record-types.ts";
import type { Key } from "../../words/index.ts";

/** What is answered in words. */
export type TextQuestion = keyof Pick<Goal, "words" | "why" | "where" | "enough" | "when" | "ifThen" | "mark"> | "step";
export type Question = TextQuestion | "part" | "sure";

export const QUESTIONS: readonly Question[] = ["words", "part", "why", "step", "where", "enough", "when", "sure", "ifThen", "mark"];

export const ASKED: Readonly<Record<Question, { readonly asked: Key; readonly hint?: Key }>> = {
  words: { asked: "goal.ask-words", hint: "goal.hint-words" },
  part: { asked: "goal.ask-part" },
  why: { asked: "goal.ask-why", hint: "goal.hint-why" },
  step: { asked: "goal.ask-step", hint: "goal.hint-step" },
  where: { asked: "goal.ask-where" },
  enough: { asked: "goal.ask-enough" },
  when: { asked: "goal.ask-when" },
  sure: { asked: "goal.ask-sure" },
  ifThen: { asked: "goal.ask-if-then", hint: "goal.hint-if-then" },
  mark: { asked: "goal.ask-mark", hint: "goal.hint-mark" },
};
