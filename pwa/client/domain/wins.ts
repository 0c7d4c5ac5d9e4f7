/**
 * Wins. One made from something else starts with its kind and an empty sentence, never with a copy
 * of private text.
 */

import { type ByDay, latestFirst } from "./diary.ts";
import type { Goal, PartOfLife, Session, Step, Win, WinKind } from "./record-types.ts";
import type { Recorded } from "./schema.ts";
import { newestFirst } from "./written.ts";

/** What a win can be made from. */
export type WinSource =
  | { readonly type: "goal"; readonly record: Recorded<Goal> }
  | { readonly type: "step"; readonly record: Recorded<Step>; readonly goal?: Recorded<Goal> }
  | { readonly type: "session"; readonly record: Recorded<Session> };

/** The beginning of a win: where it comes from, the kind that fits, the part of life; no words. */
export function beginWin(source?: WinSource): Win {
  if (source === undefined) return {};
  const part = partOf(source);
  return { kind: kindOf(source), from: source.record.id, ...(part === undefined ? {} : { part }) };
}

/** The newest `count` wins: the latest day first, and of a day what was written last. Days beyond are not looked at. */
export function newestWins<W extends Recorded<Win>>(wins: ByDay<W>, count: number): W[] {
  const newest: W[] = [];
  for (const day of latestFirst(wins.days())) {
    if (newest.length >= count) break;
    newest.push(...[...wins.of(day)].sort(newestFirst));
  }
  return newest.slice(0, count);
}

function kindOf(source: WinSource): WinKind {
  if (source.type === "step") return "a-step-done";
  if (source.type === "goal") return "something-new";
  const { ended } = source.record.values;
  if (ended === "stopped-sooner") return "stopped-in-time";
  return ended === "as-planned" ? "kept-to-the-plan" : "my-own";
}

function partOf(source: WinSource): PartOfLife | undefined {
  if (source.type === "session") return undefined;
  return source.type === "goal" ? source.record.values.part : source.goal?.values.part;
}
