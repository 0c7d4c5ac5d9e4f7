import assert from "node:assert/strict";
import { test } from "node:test";
import { readCatalogue } from "../../../pwa/client/build/catalogue.ts";
import { addressOf, EMERGENCY, TO_TALK } from "../../../pwa/client/screens/help/lines.ts";
import { speak, t } from "../../../pwa/client/words/index.ts";
import { root } from "../architecture/tree.ts";

speak("en-GB", await readCatalogue(root, "en"));

test("each line calls or texts exactly the number it shows", () => {
  const lines = [EMERGENCY, ...TO_TALK].map((line) => [t(line.text, { number: line.number }), addressOf(line)]);
  assert.deepEqual(lines, [
    ["Call 999", "tel:999"],
    ["NHS, mental health: call 111, then choose 2", "tel:111"],
    ["Samaritans: 116 123", "tel:116123"],
    ["Samaritans in Welsh: 0808 164 0123", "tel:08081640123"],
    ["Text SHOUT to 85258", "sms:85258?body=SHOUT"],
    ["Wales, C.A.L.L.: 0800 132 737", "tel:0800132737"],
  ]);
});
