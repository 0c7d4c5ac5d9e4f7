import assert from "node:assert/strict";
import { createHash, hkdfSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { openBlob, sealBlob } from "../../../pwa/client/vault/blob.ts";
import {
  CodeMistaken,
  deriveCodeKey,
  deriveRecoveryToken,
  formatRecoveryCode,
  makeRecoveryCode,
  readRecoveryCode,
  readTypedCode,
} from "../../../pwa/client/vault/recovery-code.ts";
import * as reference from "./reference.ts";
import { utf8 } from "./vault-of-tests.ts";

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ZEROS = "0000-0000-0000-0000-0000-0000-00";
const aCode = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Uint8Array.from(bytes));

test("a code is 16 random bytes, written as the page says", async () => {
  assert.equal(makeRecoveryCode().length, 16);
  assert.notDeepEqual(makeRecoveryCode(), makeRecoveryCode());
  await fc.assert(
    fc.asyncProperty(aCode, async (code) => {
      assert.equal(await formatRecoveryCode(code), writtenByHand(code));
    }),
  );
});

test("a code that was written reads as itself, however it is typed", async () => {
  const typing = fc.record({
    small: fc.boolean(),
    alike: fc.boolean(),
    gap: fc.constantFrom("", " ", "-", "–", " — ", "\u00A0", "\u2212"),
  });
  await fc.assert(
    fc.asyncProperty(aCode, typing, async (code, { small, alike, gap }) => {
      let typed = (await formatRecoveryCode(code)).replaceAll("-", gap);
      if (alike) typed = typed.replaceAll("0", "O").replace("1", "I").replaceAll("1", "l");
      assert.deepEqual(await readRecoveryCode(small ? `  ${typed.toLowerCase()}\n` : typed), code);
    }),
  );
});

test("the group of a sign that stands in no code is named", async () => {
  const text = await formatRecoveryCode(makeRecoveryCode());
  for (const sign of ["U", "u", "*", "é", "ß", "🙂", "_", "٣"]) {
    await assert.rejects(readRecoveryCode(text.replace(/.$/, sign)), { name: "CodeMistaken", code: "code-sign", group: 7 });
    await assert.rejects(readRecoveryCode(sign + text.slice(1)), { code: "code-sign", group: 1 });
  }
});

test("the group that is too short or too long is named where groups were typed apart", async () => {
  const groups = (await formatRecoveryCode(makeRecoveryCode())).split("-");
  for (const [at, group] of groups.entries()) {
    for (const typed of [group.slice(1), `${group}0`]) {
      const text = groups.with(at, typed);
      await assert.rejects(readTypedCode(text.join(" ")), { code: "code-length", group: at + 1 });
      await assert.rejects(readTypedCode(text.join("")), { code: "code-length", group: null });
    }
  }
});

test("of one sign mistyped, or two swapped, the group is named most often, and seldom a wrong one", async () => {
  const named = { right: 0, none: 0, wrong: 0 };
  for (const place of Array.from({ length: 27 }, (_, place) => place)) {
    const text = (await formatRecoveryCode(makeRecoveryCode())).replaceAll("-", "");
    const [sign, next] = [text.charAt(place), text.charAt(place + 1)];
    const other = SIGNS[(SIGNS.indexOf(sign) + 1 + place) % 32] ?? "";
    for (const typed of [other + next, ...(sign === next ? [] : [next + sign])]) {
      const trouble = await readTypedCode(text.slice(0, place) + typed + text.slice(place + 2)).catch((cause: unknown) => cause);
      if (!(trouble instanceof CodeMistaken)) continue;
      assert.equal(trouble.code, "code-mistyped");
      const right = Math.floor(place / 4) + 1;
      named[trouble.group === null ? "none" : trouble.group === right ? "right" : "wrong"]++;
    }
  }
  assert.ok(named.right > 30, JSON.stringify(named));
  assert.equal(named.wrong, 0);
});

test("fewer or more than 28 signs are told, and nothing at all", async () => {
  const text = await formatRecoveryCode(makeRecoveryCode());
  for (const typed of ["", " - ", text.slice(0, -1), `${text}0`, text + text]) {
    await assert.rejects(readRecoveryCode(typed), { code: "code-length" });
  }
});

test("one sign mistyped, or two swapped, is told but for one time in four thousand", async () => {
  const outcomes = { told: 0, taken: 0 };
  for (let round = 0; round < 20; round++) {
    const text = (await formatRecoveryCode(makeRecoveryCode())).replaceAll("-", "");
    for (let place = 0; place < 28; place++) {
      const sign = SIGNS[(SIGNS.indexOf(text.charAt(place)) + 1 + (round % 31)) % 32];
      await count(`${text.slice(0, place)}${sign}${text.slice(place + 1)}`, outcomes);
      const swapped = `${text.slice(0, place)}${text.charAt(place + 1)}${text.charAt(place)}${text.slice(place + 2)}`;
      if (swapped !== text) await count(swapped, outcomes);
    }
  }
  assert.ok(outcomes.told > 1000);
  assert.ok(outcomes.taken <= 5, `${outcomes.taken} of ${outcomes.told} were taken`);
});

test("the wrapping key and the token come from the code alone, and are apart", async () => {
  const code = makeRecoveryCode();
  const wrap = derivedByHand(code, "cairn/1/code/wrap");
  const token = derivedByHand(code, "cairn/1/code/token");
  assert.equal(await deriveRecoveryToken(code), token.toString("base64url"));
  const blob = Buffer.from(await sealBlob(await deriveCodeKey(code), utf8("a key"), utf8("context")));
  assert.equal(reference.open(wrap, blob, Buffer.from("context")).toString(), "a key");
  assert.throws(() => reference.open(token, blob, Buffer.from("context")));
  const other = await deriveCodeKey(makeRecoveryCode());
  await assert.rejects(openBlob(other, Uint8Array.from(blob), utf8("context")), { code: "damaged" });
});

test("the smallest code of all is written with its check", async () => {
  const text = await formatRecoveryCode(new Uint8Array(16));
  assert.ok(text.startsWith(ZEROS.slice(0, 30)), text);
  assert.match(text, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
});

async function count(typed: string, outcomes: { told: number; taken: number }): Promise<void> {
  try {
    await readRecoveryCode(typed);
    outcomes.taken++;
  } catch (error) {
    if (!(error instanceof CodeMistaken) || error.code !== "code-mistyped") throw error;
    outcomes.told++;
  }
}

/** As one whole number of 140 bits: another way than the app's. */
function writtenByHand(code: Uint8Array): string {
  const digest = createHash("sha256").update("cairn/1/code").update(code).digest();
  let number = (BigInt(`0x${Buffer.from(code).toString("hex")}`) << 12n) | BigInt(digest.readUInt16BE(0) >> 4);
  let text = "";
  for (let place = 0; place < 28; place++) {
    text = SIGNS.charAt(Number(number & 31n)) + text;
    number >>= 5n;
  }
  return (text.match(/.{4}/g) ?? []).join("-");
}

function derivedByHand(code: Uint8Array, info: string): Buffer {
  return Buffer.from(hkdfSync("sha256", code, Buffer.alloc(0), info, 32));
}
