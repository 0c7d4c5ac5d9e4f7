/** Each planted fault breaks histories, and by what people lose, not only by how heads are kept. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { live } from "./histories.ts";
import { brokenRules } from "./history-checks.ts";
import { Met } from "./history-met.ts";
import { beginnings } from "./history-steps.ts";
import { FAULTS } from "./planted-faults.ts";

const SEED = Number(process.env.CAIRN_SEED ?? 1);
const HISTORIES = 150;
const FELT = /^(vanished unseen|typed and nowhere|phones end differently|the trash)/;

for (const [fault, app] of Object.entries(FAULTS)) {
  test(`the histories tell when ${fault}`, (context) => {
    const broken = fc
      .sample(beginnings, { seed: SEED, numRuns: HISTORIES })
      .map((beginning) => brokenRules(live(beginning, app, new Met()), app).filter((rule) => FELT.test(rule)))
      .filter((rules) => rules.length > 0);
    context.diagnostic(`${broken.length} of ${HISTORIES} histories broken, such as: ${broken[0]?.[0]}`);
    assert.ok(broken.length > 0);
  });
}
