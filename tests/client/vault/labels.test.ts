import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { fromBase64url, makeSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { sealBlob } from "../../../pwa/client/vault/blob.ts";
import { join, labelled } from "../../../pwa/client/vault/bytes.ts";
import { makeVaultKey, openKeys } from "../../../pwa/client/vault/keys.ts";
import { openLabel, sealLabel } from "../../../pwa/client/vault/labels.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import * as reference from "./reference.ts";
import { withOneBitFlipped } from "./vault-of-tests.ts";

const space = makeSpaceId(randomBytes);
const [key, turned] = [makeVaultKey(randomBytes), makeVaultKey(randomBytes)];
const before = await openKeys({ space, current: key, older: [] });
const keys = await openKeys({ space, current: turned, older: [key] });

test("a label opens as it was given, also once the vault has turned, and fits in 512 bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 60 }), async (text) => {
      fc.pre(new TextEncoder().encode(text).length <= 464);
      const label = await sealLabel(before.current, text);
      assert.equal(await openLabel(keys, label), text.trim());
      assert.ok(fromBase64url(label).length <= 512);
    }),
  );
  assert.equal(fromBase64url(await sealLabel(keys.current, "x".repeat(464))).length, 508);
});

test("labels of one to 256 bytes are of one length", async () => {
  const lengths = await Promise.all(
    ["", "a", "Anna's phone", "x".repeat(256)].map(async (text) => (await sealLabel(keys.current, text)).length),
  );
  assert.equal(new Set(lengths).size, 1);
});

test("the reference opens a label", async () => {
  const [salt, keyId] = [space, turned.id].map((id) => Buffer.from(id, "base64url")) as [Buffer, Buffer];
  const labelKey = Buffer.from(hkdfSync("sha256", turned.bytes, salt, Buffer.concat([Buffer.from("cairn/1/label"), keyId]), 32));
  const label = Buffer.from(await sealLabel(keys.current, "Höhe 🪨"), "base64url");
  assert.ok(label.subarray(0, 16).equals(keyId));
  const plain = reference.open(labelKey, label.subarray(16), Buffer.concat([Buffer.from("cairn/1/label"), salt]));
  assert.ok(plain.equals(reference.padded("Höhe 🪨")));
});

test("longer text is refused, not cut", async () => {
  for (const text of ["x".repeat(465), "é".repeat(233)]) {
    await assert.rejects(sealLabel(keys.current, text), { name: "LabelTooLong", code: "label-too-long" });
  }
});

test("a label under a key that is not here waits; one of another space, altered, or that is none is damaged", async () => {
  const label = await sealLabel(keys.current, "Anna's phone");
  await assert.rejects(openLabel(before, label), { name: "NotOpened", code: "wrong-key" });
  const elsewhere = await openKeys({ space: makeSpaceId(randomBytes), current: turned, older: [] });
  const damaged = { name: "NotOpened", code: "damaged" };
  await assert.rejects(openLabel(elsewhere, label), damaged);
  const bytes = fromBase64url(label);
  for (let bit = 128; bit < bytes.length * 8; bit += 5) {
    await assert.rejects(openLabel(keys, toBase64url(withOneBitFlipped(bytes, bit))), damaged);
  }
  for (const none of ["", "A", "AAAA", "*", toBase64url(bytes.slice(0, 30))]) await assert.rejects(openLabel(keys, none), damaged);
  const notText = await sealBlob(keys.current.label, Uint8Array.of(0xff), labelled("cairn/1/label", space));
  await assert.rejects(openLabel(keys, toBase64url(join(fromBase64url(turned.id), notText))), damaged);
});
