/** A walk of two rounds to try the timer's screens with, at 14:00 in London. */
import assert from "node:assert/strict";
import { readCatalogue } from "../../../pwa/client/build/catalogue.ts";
import type { DecimalText } from "../../../pwa/client/domain/decimal.ts";
import { makePlan, type PlanWish } from "../../../pwa/client/domain/plan.ts";
import { type Press, press, type Run, startRun } from "../../../pwa/client/domain/run.ts";
import { speak } from "../../../pwa/client/words/index.ts";
import { root } from "../architecture/tree.ts";

export const MINUTE = 60_000;
export const START = Date.parse("2026-05-14T13:00:00Z");

/** Take the English words into use. */
export async function speakEnglish(): Promise<void> {
  speak("en-GB", await readCatalogue(root, "en"));
}

/** A run that began at START, after presses at so many minutes from it. */
export function walk(wish: Partial<PlanWish> = {}, ...presses: [kind: Press, minutes: number][]): Run {
  const plan = makePlan({ unit: "minutes", amount: "9" as DecimalText, restMinutes: 5, rounds: 2, ...wish });
  assert.ok(plan);
  const run = startRun({ plan, activity: null, name: "Walk to the post box", unitName: "" }, START);
  return presses.reduce((each, [kind, minutes]) => press(each, kind, START + minutes * MINUTE), run);
}
