import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSpaceId } from "../../../pwa/client/replica/ids.ts";
import { openBlob, sealBlob } from "../../../pwa/client/vault/blob.ts";
import { deriveKeys, makeVaultKey, openKeys, wipeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { makeVault, utf8 } from "./vault-of-tests.ts";

const context = utf8("context");

test("a vault key is made of the random bytes it is given, 16 for the id and 32 for the key", () => {
  const asked: number[] = [];
  const key = makeVaultKey((length) => {
    asked.push(length);
    return new Uint8Array(length).fill(asked.length);
  });
  assert.deepEqual(asked, [16, 32]);
  assert.equal(key.id, "AQEBAQEBAQEBAQEBAQEBAQ");
  assert.deepEqual(key.bytes, new Uint8Array(32).fill(2));
});

test("no script can export a derived key", async () => {
  const { keys } = await makeVault();
  for (const key of [keys.record, keys.local, keys.label]) {
    assert.equal(key.extractable, false);
    await assert.rejects(crypto.subtle.exportKey("raw", key), { name: "InvalidAccessError" });
  }
});

test("the same vault key and space give the same keys again, also after the bytes were wiped", async () => {
  const { space, key, keys } = await makeVault();
  const again = await deriveKeys({ space, key });
  wipeVaultKey(key);
  assert.deepEqual(key.bytes, new Uint8Array(32));
  assert.deepEqual(await openBlob(again.record, await sealBlob(keys.record, utf8("a win"), context), context), utf8("a win"));
});

test("each use, space, key and key id has keys of its own", async () => {
  const { space, key, keys } = await makeVault();
  const renamed = await deriveKeys({ space, key: { ...key, id: makeVaultKey(randomBytes).id } });
  const elsewhere = await deriveKeys({ space: makeSpaceId(randomBytes), key });
  const other = await deriveKeys({ space, key: { ...makeVaultKey(randomBytes), id: key.id } });
  const sealed = await sealBlob(keys.record, utf8("a win"), context);
  for (const key of [keys.local, keys.label, renamed.record, elsewhere.record, other.record]) {
    await assert.rejects(openBlob(key, sealed, context), { name: "NotOpened", code: "damaged" });
  }
});

test("the keys of a vault that turned are found by their ids, and what is new goes under the current one", async () => {
  const { space, key, keys } = await makeVault();
  const older = [makeVaultKey(randomBytes), makeVaultKey(randomBytes)];
  const all = await openKeys({ space, current: key, older });
  assert.equal(all.current.keyId, key.id);
  for (const vaultKey of [...older, key]) {
    const { record } = await deriveKeys({ space, key: vaultKey });
    const found = all.of(vaultKey.id);
    assert.ok(found !== undefined);
    assert.equal(found.keyId, vaultKey.id);
    assert.deepEqual(await openBlob(found.record, await sealBlob(record, utf8("a win"), context), context), utf8("a win"));
  }
  assert.equal(all.of(makeVaultKey(randomBytes).id), undefined);
  assert.deepEqual(await openBlob(all.current.record, await sealBlob(keys.record, utf8("a win"), context), context), utf8("a win"));
});
