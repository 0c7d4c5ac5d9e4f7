/** A goal as its forms have it, and as it is kept. */
import { type Goal, goal, type PartOfLife, step } from "../../domain/record-types.ts";
import { checkSaid, checkValues } from "../../domain/schema.ts";
import { sentenceFor } from "../frame/complaints.ts";
import type { Complaints } from "../frame/form.ts";
import type { TextQuestion } from "./questions.ts";

export type GoalValues = { readonly [Q in TextQuestion]: string } & {
  readonly part: PartOfLife | null;
  readonly sure: number | null;
};

/** What stands in the form for these values. */
export function formOf({ words = "", why = "", where = "", enough = "", when = "", ifThen = "", mark = "", part, sure }: Goal): GoalValues {
  return { words, why, where, enough, when, ifThen, mark, step: "", part: part ?? null, sure: sure ?? null };
}

/** What is to be kept of the goal itself: a question left blank is one never answered. */
export function valuesOf({ words, why, where, enough, when, ifThen, mark, part, sure }: GoalValues) {
  return {
    words: said(words),
    why: said(why),
    where: said(where),
    enough: said(enough),
    when: said(when),
    ifThen: said(ifThen),
    mark: said(mark),
    part: part ?? undefined,
    sure: sure ?? undefined,
  };
}

/** What needs another look: the goal's own words are all it needs. */
export function checkGoal(typed: GoalValues): Complaints<GoalValues> {
  const complaints: Record<string, string> = {};
  for (const { field, code } of checkValues(goal, valuesOf(typed))) complaints[field] = sentenceFor(code);
  for (const { code } of checkValues(step, { words: said(typed.step) })) complaints.step = sentenceFor(code);
  for (const { field, code } of checkSaid(typed, ["words"])) complaints[field] = sentenceFor(code);
  return complaints;
}

/** What was typed, or undefined for a blank. */
export function said(typed: string): string | undefined {
  return typed.trim() === "" ? undefined : typed;
}
