import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfThisSitting, recordOfThisSitting } from "../../../pwa/client/screens/rough-day/sitting.ts";

const NOW = Date.UTC(2026, 4, 14, 14, 10);
const MINUTE = 60_000;
const saidAt = (id: string, written: number) => ({ id, values: { written } });

test("a slip is mended within ten minutes; later it is another thing to say", () => {
  assert.ok(isOfThisSitting({ written: NOW - 9 * MINUTE }, NOW));
  assert.ok(!isOfThisSitting({ written: NOW - 10 * MINUTE }, NOW));
});

test("a clock set back by a little goes on with the same record, by an hour it does not", () => {
  assert.ok(isOfThisSitting({ written: NOW + 2 * MINUTE }, NOW));
  assert.ok(!isOfThisSitting({ written: NOW + 60 * MINUTE }, NOW));
});

test("what does not say when it was written is never gone on with", () => {
  assert.ok(!isOfThisSitting({}, NOW));
});

test("of several the one written last is gone on with; without any, none", () => {
  const records = [saidAt("a", NOW - 5 * MINUTE), saidAt("b", NOW - MINUTE), saidAt("c", NOW - 60 * MINUTE)];
  assert.equal(recordOfThisSitting(records, NOW)?.id, "b");
  assert.equal(recordOfThisSitting(records.slice(2), NOW), undefined);
});
