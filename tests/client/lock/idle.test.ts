/** When it is time to lock: by two clocks, of which one may be set and the other may stand still. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isOver, type Reading, untilLook } from "../../../pwa/client/screens/lock/idle.ts";

const MINUTE = 60_000;
const USED: Reading = { at: Date.UTC(2026, 4, 14, 9), count: 5_000 };

/** So many minutes later by the phone's clock, and by the page's. */
function later(at: number, count = at): Reading {
  return { at: USED.at + at * MINUTE, count: USED.count + count * MINUTE };
}

const CASES: readonly (readonly [says: string, now: Reading, minutes: number, over: boolean])[] = [
  ["used just now", later(0), 1, false],
  ["a moment before", later(14.99), 15, false],
  ["to the moment", later(15), 15, true],
  ["long after", later(600), 15, true],
  ["asleep: only the phone's clock went on", later(20, 1), 15, true],
  ["asleep, and not for long", later(10, 1), 15, false],
  ["the clock was set forward", later(60, 0), 60, true],
  ["the clock was set back", later(-30, 1), 15, true],
  ["the clock was set back, by as much as was slept", later(2, 14), 15, true],
  ["the clock was put right by half a minute", later(-0.5, 0), 15, false],
  ["the clock stood still, the page's did not", later(0, 15), 15, true],
];

for (const [says, now, minutes, over] of CASES) {
  test(`${says}: ${over ? "it locks" : "it stays open"}`, () => {
    assert.equal(isOver(USED, now, minutes), over);
  });
}

test("a page in sight looks at least every half a minute, one that nobody sees only when it is time", () => {
  assert.equal(untilLook(USED, later(0), 15, true), MINUTE / 2);
  assert.equal(untilLook(USED, later(14.9), 15, true), 0.1 * MINUTE);
  assert.equal(untilLook(USED, later(0), 15, false), 15 * MINUTE);
  assert.equal(untilLook(USED, later(5), 60, false), 55 * MINUTE);
  assert.equal(untilLook(USED, later(16), 15, false), 0);
});

test("the page is looked at again no later than it is time, whichever clock goes on", () => {
  for (const [at, count] of [
    [3, 3],
    [3, 0],
    [0, 3],
  ] as const) {
    const wait = untilLook(USED, later(at, count), 15, false) / MINUTE;
    assert.ok(isOver(USED, later(at + wait, count + wait), 15), `${at}, ${count}`);
  }
});
