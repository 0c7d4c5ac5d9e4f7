/**
 * Thousands of histories of one record, every phone of which must end the same with nothing lost.
 *
 *   CAIRN_SEED=…       repeats a run
 *   CAIRN_HISTORIES=…  lives through that many instead of 3,000
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { live } from "./histories.ts";
import { brokenRules } from "./history-checks.ts";
import { KINDS, Met } from "./history-met.ts";
import { SOUND_APP } from "./history-phones.ts";
import { beginnings } from "./history-steps.ts";

const HISTORIES = Number(process.env.CAIRN_HISTORIES ?? 3_000);
const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const FEWEST = 200;

test("every phone ends the same and nothing typed is lost, whatever happens", (context) => {
  const met = new Met();
  context.diagnostic(`CAIRN_SEED=${SEED} CAIRN_HISTORIES=${HISTORIES}`);
  fc.assert(
    fc.property(beginnings, (beginning) => {
      assert.deepEqual(brokenRules(live(beginning, SOUND_APP, met), SOUND_APP), []);
    }),
    { seed: SEED, numRuns: HISTORIES },
  );
  const counted = KINDS.map((kind) => [kind, met.of(kind)] as const);
  for (const [kind, count] of counted) context.diagnostic(`${String(count).padStart(7)}  ${kind}`);
  const tooFew = counted.filter(([, count]) => count < FEWEST).map(([kind]) => kind);
  assert.deepEqual(tooFew, [], `a run must meet each of these at least ${FEWEST} times`);
});
