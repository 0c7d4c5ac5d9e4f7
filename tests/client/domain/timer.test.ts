import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DecimalText } from "../../../pwa/client/domain/decimal.ts";
import { makePlan, type Plan, type PlanWish } from "../../../pwa/client/domain/plan.ts";
import {
  markSeen,
  noticeClock,
  type Press,
  parseRun,
  press,
  type Run,
  reopenRun,
  startRun,
  takeBackStop,
} from "../../../pwa/client/domain/run.ts";
import { needsAsking, phaseAt } from "../../../pwa/client/domain/timer.ts";

const MIN = 60_000;
const START = Date.parse("2026-05-14T13:00:00Z");

const amount = (text: string) => text as DecimalText;

const plan = (wish: Partial<PlanWish> = {}): Plan => {
  const made = makePlan({
    unit: "minutes",
    amount: amount("9"),
    restMinutes: 5,
    rounds: 2,
    ...wish,
  });
  assert.ok(made);
  return made;
};

const walk = (wish: Partial<PlanWish> = {}): Run =>
  startRun({ plan: plan(wish), activity: null, name: "Walk to the post box", unitName: "" }, START);

/** A run after presses at so many minutes from the start. */
const after = (run: Run, ...presses: [kind: Press, minutes: number][]): Run =>
  presses.reduce((each, [kind, minutes]) => press(each, kind, START + minutes * MIN), run);

/** Where the run stands, in minutes, for a table of examples. */
const stands = (run: Run, minutes: number) => {
  const { kind, round, remainingMs, doneMs } = phaseAt(run, START + minutes * MIN);
  return [kind, round, remainingMs === null ? null : remainingMs / MIN, doneMs / MIN];
};

describe("a plan is made only within its bounds", () => {
  test("minutes become milliseconds exactly", () => {
    assert.equal(plan({ amount: amount("4.5") }).do, 270_000);
    assert.equal(plan({ amount: amount("0.001") }).do, 60);
    assert.equal(plan({ amount: amount("100000") }).do, 6_000_000_000);
  });
  test("other units have no time of their own", () => {
    assert.equal(plan({ unit: "metres", amount: amount("300") }).do, null);
  });
  const refused: [rule: string, wish: Partial<PlanWish>][] = [
    ["a timer of nothing", { amount: amount("0") }],
    ["an amount with words", { amount: amount("9 minutes") }],
    ["no round", { rounds: 0 }],
    ["a hundred rounds", { rounds: 100 }],
    ["half a round", { rounds: 1.5 }],
    ["no rest at all", { restMinutes: 0 }],
    ["a rest of three hours", { restMinutes: 180 }],
  ];
  for (const [rule, wish] of refused) {
    test(`${rule} is no plan`, () => {
      const whole = { unit: "minutes", amount: amount("9"), restMinutes: 5, rounds: 2 } as const;
      assert.equal(makePlan({ ...whole, ...wish }), undefined);
    });
  }
});

describe("9 minutes, rest 5, 9 minutes", () => {
  const examples: [minutes: number, ...expected: unknown[]][] = [
    [0, "doing", 1, 9, 0],
    [3, "doing", 1, 6, 3],
    [8.999, "doing", 1, 0.001, 8.999],
    [9, "resting", 2, 5, 9],
    [11, "resting", 2, 3, 9],
    [14, "doing", 2, 9, 9],
    [20, "doing", 2, 3, 15],
    [23, "finished", 2, 0, 18],
    [24, "finished", 2, 0, 18],
    [24 * 60 * 365, "finished", 2, 0, 18],
    [-60, "doing", 1, 9, 0],
  ];
  for (const [minutes, ...expected] of examples) {
    test(`after ${minutes} minutes: ${expected.join(", ")}`, () => {
      assert.deepEqual(
        stands(walk(), minutes).map((each) => (typeof each === "number" ? +each.toFixed(6) : each)),
        expected,
      );
    });
  }

  test("it says when this part ends and when all does", () => {
    const phase = phaseAt(walk(), START + 3 * MIN);
    assert.equal(phase.endsAt, START + 9 * MIN);
    assert.equal(phase.planEndsAt, START + 23 * MIN);
    assert.equal(phaseAt(walk(), START + 10 * MIN).planEndsAt, START + 23 * MIN);
    assert.equal(phaseAt(walk(), START + 99 * MIN).planEndsAt, START + 23 * MIN);
  });
});

describe("what is pressed", () => {
  const examples: [rule: string, run: Run, minutes: number, ...expected: unknown[]][] = [
    ["Rest now rests", after(walk(), ["rest", 3]), 4, "resting", 1, 4, 3],
    ["and the round goes on after it", after(walk(), ["rest", 3]), 9, "doing", 1, 5, 4],
    ["and rests as planned after that", after(walk(), ["rest", 3]), 15, "resting", 2, 4, 9],
    ["5 minutes more", after(walk(), ["more-rest", 10]), 14, "resting", 2, 5, 9],
    ["5 more twice", after(walk(), ["more-rest", 10], ["more-rest", 11]), 23, "resting", 2, 1, 9],
    ["5 more as the rest ran out", after(walk(), ["more-rest", 15]), 16, "resting", 2, 4, 10],
    ["a rest can end early", after(walk(), ["do", 11]), 12, "doing", 2, 8, 10],
    ["Stop stops", after(walk(), ["stop", 6]), 60, "stopped", 1, 0, 6],
    ["Stop in a rest keeps what was done", after(walk(), ["stop", 11]), 60, "stopped", 2, 0, 9],
    ["nothing counts after Stop", after(walk(), ["stop", 6], ["do", 7]), 60, "stopped", 1, 0, 6],
    ["Stop after the end changes nothing", after(walk(), ["stop", 30]), 60, "finished", 2, 0, 18],
    ["a second start changes nothing", after(walk(), ["start", 3]), 4, "doing", 1, 5, 4],
    ["Do while doing changes nothing", after(walk(), ["do", 3]), 4, "doing", 1, 5, 4],
    ["Rest while resting changes nothing", after(walk(), ["rest", 11]), 12, "resting", 2, 2, 9],
    ["a timed round ends by time", after(walk(), ["round-done", 3]), 4, "doing", 1, 5, 4],
    ["pressed at the very end, it is over", after(walk(), ["rest", 23]), 24, "finished", 2, 0, 18],
  ];
  for (const [rule, run, minutes, ...expected] of examples) {
    test(rule, () => assert.deepEqual(stands(run, minutes), expected));
  }

  test("a rest within a round says that the round goes on", () => {
    assert.equal(phaseAt(after(walk(), ["rest", 3]), START + 4 * MIN).midRound, true);
    assert.equal(phaseAt(walk(), START + 10 * MIN).midRound, false);
  });

  test("back to the timer: Stop taken back goes on as if never pressed", () => {
    assert.deepEqual(stands(takeBackStop(after(walk(), ["stop", 6])), 7), ["doing", 1, 2, 7]);
  });
});

describe("a unit without time: the person ends each round, rests are timed", () => {
  const metres = () => walk({ unit: "metres", amount: amount("300") });
  const examples: [rule: string, run: Run, minutes: number, ...expected: unknown[]][] = [
    ["a round goes on until said", metres(), 600, "doing", 1, null, 0],
    ["done is said, rest begins", after(metres(), ["round-done", 7]), 8, "resting", 2, 4, 0],
    ["after the rest, the next", after(metres(), ["round-done", 7]), 12, "doing", 2, null, 0],
    ["rest now within a round", after(metres(), ["rest", 2]), 3, "resting", 1, 4, 0],
    ["then the same round", after(metres(), ["rest", 2]), 8, "doing", 1, null, 0],
    ["the last round done ends it", after(metres(), ["round-done", 7], ["round-done", 15]), 16, "finished", 2, 0, 0],
    ["done in a rest is not another round", after(metres(), ["round-done", 7], ["round-done", 8]), 9, "resting", 2, 3, 0],
  ];
  for (const [rule, run, minutes, ...expected] of examples) {
    test(rule, () => assert.deepEqual(stands(run, minutes), expected));
  }

  test("rounds done are counted by the person's word only", () => {
    assert.equal(phaseAt(metres(), START + 6000 * MIN).roundsDone, 0);
    assert.equal(phaseAt(after(metres(), ["round-done", 7]), START + 6000 * MIN).roundsDone, 1);
  });
  test("nothing says when it ends", () => {
    const phase = phaseAt(metres(), START);
    assert.equal(phase.endsAt, null);
    assert.equal(phase.planEndsAt, null);
  });
});

describe("opened late, it asks", () => {
  const asks = (run: Run, minutes: number) => needsAsking(run, START + minutes * MIN);

  test("not while it runs, nor up to two minutes after its end", () => {
    for (const minutes of [0, 5, 10, 22.9, 23, 25]) assert.equal(asks(walk(), minutes), false);
  });
  test("more than two minutes after its end", () => assert.equal(asks(walk(), 25.1), true));
  test("a year later still", () => assert.equal(asks(walk(), 525_600), true));
  test("not when its end was seen on the screen", () => {
    assert.equal(asks(markSeen(walk(), START + 24 * MIN), 60), false);
  });
  test("seen or not, an hour after its end it asks: who comes back then may have gone on, or stopped sooner", () => {
    const seen = markSeen(walk(), START + 24 * MIN);
    assert.equal(asks(seen, 83), false);
    assert.equal(asks(seen, 83.1), true);
    assert.equal(asks(seen, 525_600), true);
  });
  test("but having been seen long after the end, or before it, is no answer", () => {
    assert.equal(asks(markSeen(walk(), START + 50 * MIN), 60), true);
    assert.equal(asks(markSeen(walk(), START + 10 * MIN), 60), true);
  });
  test("not when the person stopped", () => assert.equal(asks(after(walk(), ["stop", 6]), 60), false));
  test("a Stop long after the end was no Stop in time", () => {
    assert.equal(asks(after(walk(), ["stop", 60]), 60), true);
  });
  test("a round without time that nobody touched for two hours", () => {
    const metres = walk({ unit: "metres", amount: amount("300") });
    assert.equal(asks(metres, 119), false);
    assert.equal(asks(metres, 121), true);
    assert.equal(asks(after(metres, ["round-done", 100]), 121), false);
    assert.equal(asks(after(metres, ["round-done", 1], ["round-done", 9]), 600), false);
  });
});

describe("clocks that jump", () => {
  test("a clock set back never gives less than nothing or more than the plan", () => {
    assert.deepEqual(stands(walk(), -600), ["doing", 1, 9, 0]);
    assert.deepEqual(stands(after(walk(), ["rest", 3]), -600), ["resting", 1, 5, 3]);
  });
  test("noticed while the app is open, the timer goes on as if it had not been", () => {
    const run = noticeClock(walk(), { now: START - 56 * MIN, expected: START + 4 * MIN });
    assert.deepEqual(stands(run, -56), ["doing", 1, 5, 4]);
    assert.deepEqual(stands(run, -51), ["resting", 2, 5, 9]);
    assert.equal(phaseAt(run, START - 55 * MIN).endsAt, START - 51 * MIN);
    assert.equal(phaseAt(run, START - 55 * MIN).planEndsAt, START - 37 * MIN);
  });
  test("set back twice, and pressed in between", () => {
    const once = noticeClock(walk(), { now: START - 60 * MIN, expected: START + 2 * MIN });
    const rested = press(once, "rest", START - 59 * MIN);
    const twice = noticeClock(rested, { now: START - 90 * MIN, expected: START - 58 * MIN });
    assert.deepEqual(stands(twice, -90), ["resting", 1, 4, 3]);
    assert.deepEqual(stands(twice, -86), ["doing", 1, 6, 3]);
  });
  test("a few seconds are no change of clock", () => {
    const run = walk();
    assert.equal(noticeClock(run, { now: START + 1000, expected: START + 4000 }), run);
  });
  test("a jump forward may be a phone that slept, so it is left alone and asked about", () => {
    const run = walk();
    const jumped = noticeClock(run, { now: START + 99 * MIN, expected: START + 4 * MIN });
    assert.equal(jumped, run);
    assert.equal(needsAsking(jumped, START + 99 * MIN), true);
    assert.deepEqual(stands(jumped, 99), ["finished", 2, 0, 18]);
  });
  test("opened again under a clock set back, it goes on from its last event", () => {
    const run = reopenRun(after(walk(), ["rest", 3]), START - 60 * MIN);
    assert.deepEqual(stands(run, -60), ["resting", 1, 5, 3]);
    assert.deepEqual(stands(run, -54), ["doing", 1, 5, 4]);
  });
  test("opened again at a later time, nothing is noted", () => {
    const run = walk();
    assert.equal(reopenRun(run, START + 99 * MIN), run);
  });
});

describe("a run is kept as JSON and read back", () => {
  const run = noticeClock(markSeen(after(walk(), ["rest", 3], ["more-rest", 4], ["do", 6], ["stop", 8]), START + 9 * MIN), {
    now: START,
    expected: START + 10 * MIN,
  });
  test("as it was", () => assert.deepEqual(parseRun(JSON.parse(JSON.stringify(run))), run));
  test("with a link to its activity", () => {
    const linked = { ...run, activity: "A".repeat(43) };
    assert.deepEqual(parseRun(JSON.parse(JSON.stringify(linked))), linked);
  });
  test("its time is worked out again from the amount, whatever the file says", () => {
    assert.equal(parseRun({ ...run, plan: { ...run.plan, do: 1 } })?.plan.do, 9 * MIN);
  });
  test("events that are none are left out", () => {
    const events = [null, 9, {}, { kind: "dance", at: 1 }, { kind: "rest" }, { kind: "rest", at: 0.5 }, { kind: "clock", at: 1 }];
    assert.deepEqual(parseRun({ ...run, events: [...events, ...run.events] }), run);
  });
  const notRuns: [rule: string, value: unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["text", "run"],
    ["a list", [run]],
    ["no plan", { ...run, plan: null }],
    ["a plan of nothing", { ...run, plan: { ...run.plan, amount: "0" } }],
    ["a plan with a broken rest", { ...run, plan: { ...run.plan, rest: "5" } }],
    ["never started", { ...run, events: run.events.slice(1) }],
    ["events that are no list", { ...run, events: "start" }],
  ];
  for (const [rule, value] of notRuns) {
    test(`${rule} is no run`, () => assert.equal(parseRun(value), undefined));
  }
});
