import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Ended } from "../../../pwa/client/domain/record-types.ts";
import { session } from "../../../pwa/client/domain/record-types.ts";
import { checkValues } from "../../../pwa/client/domain/schema.ts";
import type { Moment } from "../../../pwa/client/screens/frame/clock.ts";
import { beginTimer, type KeptTimer, parseKeptTimer, type SessionId } from "../../../pwa/client/screens/timer/kept-timer.ts";
import { sessionOf } from "../../../pwa/client/screens/timer/session-values.ts";
import { MINUTE, START, walk } from "./runs.ts";

const ID = "A".repeat(43) as SessionId;
const at = (minutes: number): Moment => ({ written: START + minutes * MINUTE, offset: 60, day: "2026-05-14" as Moment["day"] });
const answered = (ended: Ended, howMuch = "", run = walk()) => ({ ...beginTimer(run, ID), ended, howMuch });
const kept = (timer: KeptTimer & { readonly ended: Ended }, moment = at(24)) => {
  const read = sessionOf(timer, moment, 4);
  assert.ok(read.ok);
  assert.deepEqual(checkValues(session, read.session), []);
  return read.session;
};

describe("what a timer becomes", () => {
  test("as planned: all of it", () => {
    const { planned, actual, ended, name, day, offset } = kept(answered("as-planned"));
    assert.deepEqual([planned, actual, ended, name, day, offset], ["18", "18", "as-planned", "Walk to the post box", "2026-05-14", 60]);
  });
  test("went on: so much more, on any keyboard; blank is unsaid", () => {
    assert.equal(kept(answered("went-on", "4,5")).actual, "22.5");
    assert.equal(kept(answered("went-on")).actual, undefined);
  });
  test("stopped sooner: what the timer knows, or what the person says", () => {
    const stopped = walk({}, ["stop", 6]);
    assert.equal(kept(answered("stopped-sooner", "", stopped)).actual, "6");
    assert.equal(kept(answered("stopped-sooner", "5", stopped)).actual, "5");
  });
  test("what cannot be read is refused where it is asked for, and not asked where it is not", () => {
    assert.deepEqual(sessionOf(answered("went-on", "a lot"), at(24), 4), { ok: false, code: "number-with-words" });
    assert.equal(kept(answered("as-planned", "a lot")).actual, "18");
  });
  test("I don't remember leaves blank what nobody knows", () => {
    assert.equal(kept(answered("dont-remember")).actual, undefined);
  });
  test("it belongs to the day on which it ended, whenever it is said", () => {
    assert.equal(kept(answered("as-planned"), at(3 * 24 * 60)).day, "2026-05-14");
    assert.equal(kept(answered("as-planned"), at(-10 * 365 * 24 * 60)).day, "2016-05-16");
  });
});

describe("what is kept of a timer is read back as it was", () => {
  test("through JSON", () => {
    const timer: KeptTimer = { ...answered("went-on", "12 or so", walk({}, ["rest", 3], ["stop", 20])), after: "bit-sore" };
    assert.deepEqual(parseKeptTimer(JSON.parse(JSON.stringify(timer))), timer);
  });
  test("what is none is none, and a part that is damaged is left out", () => {
    for (const value of [null, 7, "timer", {}, { run: walk() }, { run: walk(), session: "short" }, { session: ID }]) {
      assert.equal(parseKeptTimer(value), null);
    }
    assert.deepEqual(parseKeptTimer({ ...beginTimer(walk(), ID), ended: "won", howMuch: 3, after: {} }), beginTimer(walk(), ID));
  });
});
