import assert from "node:assert/strict";
import { createHash, hkdfSync } from "node:crypto";
import { test } from "node:test";
import { makeSpaceId } from "../../../pwa/client/replica/ids.ts";
import { openBlob, sealBlob } from "../../../pwa/client/vault/blob.ts";
import { derivePasskeyKey, prfInput, verifyPrfOutputs } from "../../../pwa/client/vault/passkey-key.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import * as reference from "./reference.ts";
import { utf8 } from "./vault-of-tests.ts";

const given = {
  output: randomBytes(32),
  site: "diary.example",
  salt: randomBytes(16),
  space: makeSpaceId(randomBytes),
  slot: makeSpaceId(randomBytes) as string,
};

test("every passkey is asked with the same input", async () => {
  assert.equal(Buffer.from(await prfInput()).toString("hex"), createHash("sha256").update("cairn/1/prf").digest("hex"));
});

test("the wrapping key is derived as the page says", async () => {
  const site = createHash("sha256").update("diary.example").digest();
  const ids = [given.space, given.slot].map((id) => Buffer.from(id, "base64url"));
  const info = Buffer.concat([Buffer.from("cairn/1/slot/passkey"), site, ...ids]);
  const key = Buffer.from(hkdfSync("sha256", given.output, given.salt, info, 32));
  const blob = Buffer.from(await sealBlob(await derivePasskeyKey(given), utf8("a key"), utf8("context")));
  assert.equal(reference.open(key, blob, Buffer.from("context")).toString(), "a key");
});

test("each output, site, salt, space and slot has a key of its own", async () => {
  const blob = await sealBlob(await derivePasskeyKey(given), utf8("a key"), utf8("context"));
  const others = [
    { output: randomBytes(32) },
    { site: "example" },
    { salt: randomBytes(16) },
    { space: makeSpaceId(randomBytes) },
    { slot: makeSpaceId(randomBytes) as string },
  ];
  for (const other of others) {
    await assert.rejects(openBlob(await derivePasskeyKey({ ...given, ...other }), blob, utf8("context")), { code: "damaged" });
  }
});

test("a passkey that answers nothing, zeros, or not the same twice makes no key", () => {
  const output = randomBytes(32);
  verifyPrfOutputs(output, output.slice());
  const refused = (first: Uint8Array | undefined, second: Uint8Array | undefined, code: string) =>
    assert.throws(() => verifyPrfOutputs(first, second), { name: "PasskeyMakesNoKey", code });
  refused(undefined, output, "prf-none");
  refused(output, undefined, "prf-none");
  refused(output, output.slice(0, 31), "prf-none");
  refused(new Uint8Array(0), new Uint8Array(0), "prf-none");
  refused(new Uint8Array(32), new Uint8Array(32), "prf-zeros");
  refused(output, new Uint8Array(32), "prf-zeros");
  refused(
    output,
    output.map((byte, place) => (place === 31 ? byte ^ 1 : byte)),
    "prf-unequal",
  );
});
