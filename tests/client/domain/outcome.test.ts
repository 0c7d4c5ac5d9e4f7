import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DecimalText } from "../../../pwa/client/domain/decimal.ts";
import { type Answer, amountAtStop, outcome } from "../../../pwa/client/domain/outcome.ts";
import { makePlan, type PlanWish } from "../../../pwa/client/domain/plan.ts";
import { session } from "../../../pwa/client/domain/record-types.ts";
import { type Press, press, type Run, startRun } from "../../../pwa/client/domain/run.ts";
import { checkValues } from "../../../pwa/client/domain/schema.ts";

const MIN = 60_000;
const amount = (text: string) => text as DecimalText;

const run = (wish: Partial<PlanWish>, ...presses: [kind: Press, minutes: number][]): Run => {
  const plan = makePlan({
    unit: "minutes",
    amount: amount("9"),
    restMinutes: 5,
    rounds: 2,
    ...wish,
  });
  assert.ok(plan);
  const begun = startRun({ plan, activity: "A".repeat(43), name: "Walk", unitName: "laps" }, 0);
  return presses.reduce((each, [kind, minutes]) => press(each, kind, minutes * MIN), begun);
};

const metres = { unit: "metres", amount: amount("150.5") } as const;

describe("a session holds what the person said and the timer knows, no more", () => {
  const examples: [rule: string, run: Run, answer: Answer, planned: string, actual?: string][] = [
    ["as planned is the plan", run({}), { ended: "as-planned" }, "18", "18"],
    ["stopped at 6 minutes", run({}, ["stop", 6]), { ended: "stopped-sooner" }, "18", "6"],
    ["rests are not doing", run({}, ["stop", 15]), { ended: "stopped-sooner" }, "18", "10"],
    ["down to a tenth", run({}, ["stop", 5.99]), { ended: "stopped-sooner" }, "18", "5.9"],
    ["stopped at once", run({}, ["stop", 0]), { ended: "stopped-sooner" }, "18", "0"],
    ["the person may put it right", run({}, ["stop", 6]), { ended: "stopped-sooner", actual: amount("5") }, "18", "5"],
    ["stopped sooner without Stop is not known unless said", run({}), { ended: "stopped-sooner" }, "18"],
    ["went on, how long not said", run({}), { ended: "went-on" }, "18"],
    ["went on 4.5 more", run({}), { ended: "went-on", more: amount("4.5") }, "18", "22.5"],
    ["not remembered is not written", run({}), { ended: "dont-remember" }, "18"],
    ["not remembered, though it was stopped", run({}, ["stop", 6]), { ended: "dont-remember" }, "18"],
    ["metres as planned", run(metres), { ended: "as-planned" }, "301", "301"],
    [
      "metres, stopped in the rest after one round",
      run(metres, ["round-done", 4], ["stop", 6]),
      { ended: "stopped-sooner" },
      "301",
      "150.5",
    ],
    [
      "metres, stopped within a round: only the person can tell",
      run(metres, ["round-done", 4], ["stop", 12]),
      { ended: "stopped-sooner" },
      "301",
    ],
    ["metres, stopped in a rest within a round", run(metres, ["rest", 2], ["stop", 4]), { ended: "stopped-sooner" }, "301"],
  ];
  for (const [rule, given, answer, planned, actual] of examples) {
    test(rule, () => {
      const said = outcome(given, answer);
      assert.equal(said.planned, planned);
      assert.equal(said.actual, actual);
      assert.equal("actual" in said, actual !== undefined);
      assert.equal(said.ended, answer.ended);
    });
  }

  test("it may be written as it is, with the activity it was", () => {
    const said = outcome(run({ unit: "own" }), { ended: "as-planned" });
    assert.deepEqual(checkValues(session, said), []);
    assert.deepEqual(said, {
      name: "Walk",
      activity: "A".repeat(43),
      unit: "own",
      unitName: "laps",
      rounds: 2,
      planned: "18",
      actual: "18",
      ended: "as-planned",
    });
  });

  test("the largest plan may still be written", () => {
    const most = run({ amount: amount("100000"), rounds: 99 });
    const said = outcome(most, { ended: "went-on", more: amount("100000") });
    assert.deepEqual(checkValues(session, said), []);
  });

  test("a Stop after the end is not a Stop", () => {
    assert.equal(amountAtStop(run({}, ["stop", 60])), undefined);
  });
});
