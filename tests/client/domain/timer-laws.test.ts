import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { decimalText, makeDecimal } from "../../../pwa/client/domain/decimal.ts";
import { outcome } from "../../../pwa/client/domain/outcome.ts";
import { makePlan, type Plan } from "../../../pwa/client/domain/plan.ts";
import { parseRun, type Run, type TimerEvent } from "../../../pwa/client/domain/run.ts";
import { needsAsking, phaseAt } from "../../../pwa/client/domain/timer.ts";

const START = 1_778_760_000_000;
const DAY = 86_400_000;

const plans = fc
  .record({
    unit: fc.constantFrom("minutes" as const, "minutes" as const, "metres" as const),
    amount: fc.integer({ min: 1, max: 60_000 }).map((each) => decimalText(makeDecimal(each, 3))),
    restMinutes: fc.integer({ min: 1, max: 20 }),
    rounds: fc.integer({ min: 1, max: 6 }),
  })
  .map((wish) => makePlan(wish) as Plan);

const kinds = ["start", "rest", "do", "round-done", "more-rest", "stop", "seen"] as const;

const times = fc.oneof(
  fc.integer({ min: START - DAY, max: START + DAY }),
  fc.integer({ min: START, max: START + DAY / 12 }),
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
);

const events: fc.Arbitrary<TimerEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...kinds), at: times }),
  fc.record({ kind: fc.constant("clock" as const), at: times, was: times }),
);

/** Runs with events in any order at any time, started or not. */
const garbageRuns: fc.Arbitrary<Run> = fc
  .tuple(plans, fc.array(events, { maxLength: 20 }))
  .map(([plan, all]) => ({ plan, activity: null, name: "", unitName: "", events: all }));

/** Runs as they happen: started, then pressed at later and later times. */
const orderlyRuns: fc.Arbitrary<Run> = fc
  .tuple(plans, fc.array(fc.record({ kind: fc.constantFrom(...kinds), wait: fc.integer({ min: 0, max: DAY / 48 }) })))
  .map(([plan, waits]) => {
    let at = START;
    const pressed = waits.map(({ kind, wait }) => {
      at += wait;
      return { kind, at };
    });
    return {
      plan,
      activity: null,
      name: "",
      unitName: "",
      events: [{ kind: "start", at: START }, ...pressed],
    };
  });

describe("laws of the pacing timer", () => {
  test("done and remaining add up: while doing, to the rounds so far; at the end, to the plan", () => {
    fc.assert(
      fc.property(orderlyRuns, times, (run, now) => {
        const { plan } = run;
        const phase = phaseAt(run, now);
        if (plan.do === null) return assert.equal(phase.doneMs, 0);
        if (phase.kind === "doing") {
          assert.equal(phase.doneMs + (phase.remainingMs ?? Number.NaN), phase.round * plan.do);
        }
        if (phase.kind === "finished") assert.equal(phase.doneMs, plan.rounds * plan.do);
        assert.equal(Math.floor(phase.doneMs / plan.do), phase.roundsDone);
      }),
    );
  });

  test("as time goes on, what is done never gets less", () => {
    fc.assert(
      fc.property(garbageRuns, times, fc.integer({ min: 0, max: DAY }), (run, now, wait) => {
        const [before, after] = [phaseAt(run, now), phaseAt(run, now + wait)];
        assert.ok(after.doneMs >= before.doneMs);
        assert.ok(after.roundsDone >= before.roundsDone);
        if (before.kind === "finished" || before.kind === "stopped") {
          assert.equal(after.kind, before.kind);
        }
      }),
    );
  });

  test("a phase lasts until it says it ends, and no longer", () => {
    fc.assert(
      fc.property(orderlyRuns, fc.integer({ min: 0, max: DAY }), (run, wait) => {
        const now = (run.events.at(-1)?.at ?? START) + wait;
        const phase = phaseAt(run, now);
        if (phase.endsAt === null || phase.remainingMs === 0) return;
        assert.equal(phaseAt(run, phase.endsAt - 1).kind, phase.kind);
        assert.notEqual(phaseAt(run, phase.endsAt).kind, phase.kind);
        if (phase.planEndsAt !== null) {
          assert.equal(phaseAt(run, phase.planEndsAt).kind, "finished");
          assert.notEqual(phaseAt(run, phase.planEndsAt - 1).kind, "finished");
        }
      }),
    );
  });

  test("events in any order at any time never throw, run negative or do more than planned", () => {
    fc.assert(
      fc.property(garbageRuns, times, (run, now) => {
        const phase = phaseAt(run, now);
        const planned = (run.plan.do ?? 0) * run.plan.rounds;
        assert.ok(phase.doneMs >= 0 && phase.doneMs <= planned);
        assert.ok(phase.remainingMs === null || phase.remainingMs >= 0);
        assert.ok(phase.round >= 1 && phase.round <= run.plan.rounds);
        assert.ok(phase.roundsDone >= 0 && phase.roundsDone <= run.plan.rounds);
        assert.equal(typeof needsAsking(run, now), "boolean");
      }),
      { numRuns: 500 },
    );
  });

  test("without the person's word, nothing is written down beyond the plan, or at all", () => {
    fc.assert(
      fc.property(garbageRuns, (run) => {
        assert.equal(outcome(run, { ended: "dont-remember" }).actual, undefined);
        assert.equal(outcome(run, { ended: "went-on" }).actual, undefined);
        const { planned, actual } = outcome(run, { ended: "stopped-sooner" });
        assert.ok(actual === undefined || Number(actual) <= Number(planned));
      }),
    );
  });

  test("a run that went through JSON stands where it stood", () => {
    fc.assert(
      fc.property(garbageRuns, times, (run, now) => {
        const back = parseRun(JSON.parse(JSON.stringify(run)));
        if (back === undefined) assert.ok(!run.events.some((event) => event.kind === "start"));
        else assert.deepEqual(phaseAt(back, now), phaseAt(run, now));
      }),
    );
  });

  test("whatever is stored as a run is read or refused, never thrown", () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseRun(value)));
  });
});
