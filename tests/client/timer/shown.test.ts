import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { DecimalText } from "../../../pwa/client/domain/decimal.ts";
import { phaseAt } from "../../../pwa/client/domain/timer.ts";
import { beadsOf } from "../../../pwa/client/screens/timer/beads.ts";
import { untilShownChanges } from "../../../pwa/client/screens/timer/until-shown-changes.ts";
import { MINUTE, START, speakEnglish, walk } from "./runs.ts";

before(speakEnglish);

describe("it wakes when what is shown changes, and not in between", () => {
  const examples: [left: number | null, wakesIn: number | null][] = [
    [9 * MINUTE, MINUTE],
    [9 * MINUTE - 1, MINUTE - 1],
    [8 * MINUTE + 1, 1],
    [MINUTE, MINUTE],
    [1, 1],
    [0, 0],
    [null, null],
  ];
  for (const [remainingMs, wakesIn] of examples) {
    test(`${remainingMs} ms left: in ${wakesIn} ms`, () => assert.equal(untilShownChanges({ kind: "doing", remainingMs }), wakesIn));
  }
  test("nothing wakes it when all is over", () => {
    for (const kind of ["finished", "stopped"] as const) assert.equal(untilShownChanges({ kind, remainingMs: 0 }), null);
  });
});

describe("the thread says where one is", () => {
  const beads = (run: ReturnType<typeof walk>, minutes: number) =>
    beadsOf(run.plan, "", phaseAt(run, START + minutes * MINUTE)).map(({ text, state }) => `${text} ${state}`);

  test("before it begins, all is to come", () => {
    assert.deepEqual(
      beadsOf(walk().plan, "").map(({ text, state }) => `${text} ${state}`),
      ["9 minutes next", "rest 5 next", "9 minutes next"],
    );
  });
  test("doing, resting, doing", () => {
    assert.deepEqual(beads(walk(), 3), ["9 minutes now", "rest 5 next", "9 minutes next"]);
    assert.deepEqual(beads(walk(), 10), ["9 minutes past", "rest 5 now", "9 minutes next"]);
    assert.deepEqual(beads(walk(), 15), ["9 minutes past", "rest 5 past", "9 minutes now"]);
  });
  test("a rest within a round stands between what is done and what is left of it", () => {
    assert.deepEqual(beads(walk({}, ["rest", 3]), 4), ["3 min past", "rest now now", "6 min next", "rest 5 next", "9 min next"]);
    assert.deepEqual(beads(walk({}, ["rest", 15]), 16), ["9 min past", "rest 5 past", "1 min past", "rest now now", "8 min next"]);
    assert.deepEqual(beads(walk({}, ["rest", 0]), 1), ["rest now now", "9 minutes next", "rest 5 next", "9 minutes next"]);
  });
  test("a unit of one's own has its name", () => {
    assert.equal(beadsOf(walk({ unit: "own", amount: "3" as DecimalText }).plan, "plates")[0]?.text, "3 plates");
  });
});
