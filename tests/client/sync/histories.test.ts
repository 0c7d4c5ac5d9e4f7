/**
 * Lives of two and three phones over one server, with everything going wrong: at the end all show the same, nothing that
 * anybody typed is lost, nothing is doubled.
 *
 *   CAIRN_SEED=…       repeats a run
 *   CAIRN_HISTORIES=…  lives through so many
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { apart } from "../store/phone.ts";
import { KINDS, type Kind, Life, steps } from "./life.ts";

const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const HISTORIES = Number(process.env.CAIRN_HISTORIES ?? 60);
const FEWEST = 5;

test(`phones and server agree after ${HISTORIES} lives (CAIRN_SEED=${SEED})`, async (context) => {
  const met = new Map<Kind, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 30, size: "max" }), async (life) => {
      await apart(async (ends) => {
        const lived = await Life.begin(ends, met);
        for (const step of life) await lived.live(step);
        await lived.check();
      });
    }),
    { seed: SEED, numRuns: HISTORIES },
  );
  for (const kind of KINDS) context.diagnostic(`${String(met.get(kind) ?? 0).padStart(7)}  ${kind}`);
  const tooFew = HISTORIES < 60 ? [] : KINDS.filter((kind) => (met.get(kind) ?? 0) < FEWEST);
  assert.deepEqual(tooFew, [], `a run must meet each of these at least ${FEWEST} times`);
});
