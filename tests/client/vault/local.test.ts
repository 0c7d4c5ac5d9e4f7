import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openLocal, sealLocal } from "../../../pwa/client/vault/local.ts";
import { makeVault, utf8, withOneBitFlipped } from "./vault-of-tests.ts";

const { space, key, keys } = await makeVault();
const notOpened = { name: "NotOpened", code: "damaged" };

test("what is kept under a name opens again under that name", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.uint8Array(), async (name, bytes) => {
      const kept = Uint8Array.from(bytes);
      assert.deepEqual(await openLocal(keys, name, await sealLocal(keys, name, kept)), kept);
    }),
    { numRuns: 200 },
  );
});

test("a draft does not open in the place of another", async () => {
  const blob = await sealLocal(keys, "draft/one", utf8("Half a sent"));
  await assert.rejects(openLocal(keys, "draft/two", blob), notOpened);
});

test("any bit turned over, any cut and any other key is refused", async () => {
  const blob = await sealLocal(keys, "snapshot", utf8("all of it"));
  for (let bit = 0; bit < blob.length * 8; bit++) {
    await assert.rejects(openLocal(keys, "snapshot", withOneBitFlipped(blob, bit)), notOpened);
  }
  for (let length = 0; length < blob.length; length++) {
    await assert.rejects(openLocal(keys, "snapshot", blob.slice(0, length)), notOpened);
  }
  for (const other of [await makeVault(), await makeVault({ space }), await makeVault({ key })]) {
    await assert.rejects(openLocal(other.keys, "snapshot", blob), notOpened);
  }
});
