import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mayStart, PRESETS, unusedPresets } from "../../../pwa/client/domain/activity.ts";
import type { Day } from "../../../pwa/client/domain/day.ts";
import { isActive, mayBeSmaller, nextStep, orderForNewStep, stepsOf } from "../../../pwa/client/domain/goal.ts";
import { activity, type Step, settings, type Win } from "../../../pwa/client/domain/record-types.ts";
import { firstPlace, isLowEnergy, ROUGH_DAY_BEGINS, SHOW_EVERYTHING } from "../../../pwa/client/domain/rough-day.ts";
import { checkValues, type Recorded, readValues } from "../../../pwa/client/domain/schema.ts";
import { DEFAULT_SETTINGS, ratingsAsked, settingsInForce, settingsRecord } from "../../../pwa/client/domain/settings.ts";
import { beginWin, newestWins } from "../../../pwa/client/domain/wins.ts";

const step = (id: string, values: Step): Recorded<Step> => ({
  id,
  values: { goal: "g", ...values },
});

describe("activities", () => {
  test("sitting, standing and walking are there to begin with, without an amount", () => {
    assert.deepEqual(
      PRESETS.map(({ preset }) => preset),
      ["sitting", "standing", "walking"],
    );
    for (const preset of PRESETS) {
      assert.deepEqual(checkValues(activity, preset), []);
      assert.equal(mayStart(preset), false);
    }
  });
  test("a preset that was made an activity is not offered again", () => {
    const own = [{ id: "a", values: { preset: "walking" as const } }];
    assert.deepEqual(
      unusedPresets(own).map(({ preset }) => preset),
      ["sitting", "standing"],
    );
  });
  test("one with an amount and a unit can be started", () => {
    assert.equal(mayStart(readValues(activity, { amount: "9", unit: "minutes" })), true);
    assert.equal(mayStart(readValues(activity, { amount: "9" })), false);
  });
});

describe("goals and steps", () => {
  const steps = [
    step("c", { order: 1 }),
    step("b", { order: 0, state: "done" }),
    step("a", { order: 1 }),
    step("y", {}),
    step("x", {}),
    { id: "other", values: { goal: "other", order: 0 } },
  ];
  test("steps stand in their order, ties by id, those without an order last", () => {
    assert.deepEqual(
      stepsOf("g", steps).map(({ id }) => id),
      ["b", "a", "c", "x", "y"],
    );
  });
  test("the next step is the first that is neither done nor put off", () => {
    assert.equal(nextStep("g", steps)?.id, "a");
    assert.equal(nextStep("g", [step("a", { state: "not-now" }), step("b", { state: "partly" })])?.id, "b");
    assert.equal(nextStep("g", [step("a", { state: "tried" })])?.id, "a");
  });
  test("when all are done or put off there is none, and nothing is asked", () => {
    assert.equal(nextStep("g", [step("a", { state: "done" }), step("b", { state: "not-now" })]), undefined);
    assert.equal(nextStep("g", []), undefined);
  });
  test("a new step comes after the others of its goal", () => {
    assert.equal(orderForNewStep("g", []), 0);
    assert.equal(orderForNewStep("g", [step("a", {})]), 0);
    assert.equal(orderForNewStep("g", steps), 2);
  });
  test("a goal is active until said otherwise", () => {
    assert.equal(isActive({}), true);
    assert.equal(isActive({ state: "active" }), true);
    for (const state of ["resting", "changed", "done", "let-go"] as const) {
      assert.equal(isActive({ state }), false);
    }
  });
  test("below 7 it may be made smaller; unsaid is not below", () => {
    assert.deepEqual(
      [0, 6, 7, 10].map((sure) => mayBeSmaller({ sure })),
      [true, true, false, false],
    );
    assert.equal(mayBeSmaller({}), false);
  });
});

describe("wins", () => {
  test("one begun from something has its kind, its source, its part of life, and no words", () => {
    const goal = { id: "g", values: { words: "private", part: "home" as const } };
    const ownStep = { id: "s", values: { words: "private", note: "private" } };
    const session = (ended: "as-planned" | "stopped-sooner" | "went-on") => ({
      id: "r",
      values: { ended },
    });
    assert.deepEqual(beginWin(), {});
    assert.deepEqual(beginWin({ type: "goal", record: goal }), {
      kind: "something-new",
      from: "g",
      part: "home",
    });
    assert.deepEqual(beginWin({ type: "step", record: ownStep, goal }), {
      kind: "a-step-done",
      from: "s",
      part: "home",
    });
    assert.deepEqual(beginWin({ type: "step", record: ownStep }), {
      kind: "a-step-done",
      from: "s",
    });
    const kinds = (["as-planned", "stopped-sooner", "went-on"] as const).map(
      (ended) => beginWin({ type: "session", record: session(ended) }).kind,
    );
    assert.deepEqual(kinds, ["kept-to-the-plan", "stopped-in-time", "my-own"]);
  });

  test("they are listed by their days, the newest first, and no more days are looked at than are asked for", () => {
    const win = (id: string, values: Win) => ({ id, values });
    const pages = new Map<Day | null, Recorded<Win>[]>([
      ["2026-05-13" as Day, [win("a", { written: 1 }), win("b", { written: 2 })]],
      [null, [win("c", {})]],
      ["2026-05-14" as Day, [win("d", { written: 0 })]],
    ]);
    const looked: (Day | null)[] = [];
    const wins = {
      days: () => pages.keys(),
      of: (day: Day | null) => {
        looked.push(day);
        return pages.get(day) ?? [];
      },
    };
    const ids = (count: number) => newestWins(wins, count).map(({ id }) => id);
    assert.deepEqual(ids(2), ["d", "b"]);
    assert.deepEqual(looked, ["2026-05-14", "2026-05-13"]);
    assert.deepEqual(ids(9), ["d", "b", "a", "c"]);
    assert.deepEqual(ids(0), []);
  });
});

describe("a rough day and settings", () => {
  test("low energy stays until Show everything", () => {
    const begun = { ...DEFAULT_SETTINGS, ...ROUGH_DAY_BEGINS };
    assert.equal(isLowEnergy(DEFAULT_SETTINGS), false);
    assert.equal(firstPlace(DEFAULT_SETTINGS), "today");
    assert.equal(isLowEnergy(begun), true);
    assert.equal(firstPlace(begun), "rough-day");
    assert.equal(isLowEnergy({ ...begun, ...SHOW_EVERYTHING }), false);
  });

  test("what was never chosen is the default, and each default may be written", () => {
    assert.deepEqual(settingsInForce([]), DEFAULT_SETTINGS);
    assert.deepEqual(checkValues(settings, DEFAULT_SETTINGS), []);
    assert.deepEqual(Object.keys(DEFAULT_SETTINGS), Object.keys(settings.fields));
    assert.equal(settingsRecord([]), undefined);
  });

  test("two phones that each began settings agree, and no choice is lost", () => {
    const [a, b] = [
      { id: "a", values: { dayTurn: 5 } },
      { id: "b", values: { dayTurn: 3, sound: false } },
    ];
    for (const records of [
      [a, b],
      [b, a],
    ]) {
      const inForce = settingsInForce(records);
      assert.equal(inForce.dayTurn, 5);
      assert.equal(inForce.sound, false);
      assert.equal(settingsRecord(records)?.id, "a");
    }
  });

  test("ratings switched off are not asked", () => {
    assert.deepEqual(ratingsAsked(DEFAULT_SETTINGS), ["pain", "energy", "mood", "sleep"]);
    assert.deepEqual(ratingsAsked({ painOff: true, sleepOff: true }), ["energy", "mood"]);
  });
});
