import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import { fromBase64url, makeSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { makeDeviceKey, unwrapForDevice, wrapForDevice } from "../../../pwa/client/vault/device-slot.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { parseSlot } from "../../../pwa/client/vault/parse-slot.ts";
import { unwrapForPasskey, wrapForPasskey } from "../../../pwa/client/vault/passkey-slot.ts";
import { openPassphraseSlot, sealerForPassphrase } from "../../../pwa/client/vault/passphrase-slot.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { DamagedSlot, type DeviceSlot, type PasskeySlot, type PassphraseSlot } from "../../../pwa/client/vault/slot.ts";
import { withOneBitFlipped } from "./vault-of-tests.ts";

const space = makeSpaceId(randomBytes);
const vaultKey = makeVaultKey(randomBytes);
const deviceKey = await makeDeviceKey();
const deviceSlot = await wrapForDevice(deviceKey, vaultKey, space);
const passphraseSlot = await (await sealerForPassphrase("stone moss dusk"))(vaultKey, space);
const passkey = { output: randomBytes(32), site: "cairn.example", credential: toBase64url(randomBytes(20)) };
const passkeySlot = await wrapForPasskey(passkey, vaultKey, space);

test("a device's key cannot be exported", async () => {
  assert.equal(deviceKey.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", deviceKey), { name: "InvalidAccessError" });
});

test("a slot kept as JSON gives the vault key to its device", async () => {
  const kept = parseSlot(JSON.parse(JSON.stringify(deviceSlot)));
  assert.deepEqual(kept, deviceSlot);
  assert.deepEqual(await unwrapForDevice(deviceKey, deviceSlot), vaultKey);
});

test("another device's key is told from a damaged slot", async () => {
  await assert.rejects(unwrapForDevice(await makeDeviceKey(), deviceSlot), { name: "WrongDeviceKey", code: "wrong-device-key" });
});

test("a slot kept as JSON gives the vault key to its words, however a phone writes them", async () => {
  const kept = parseSlot(JSON.parse(JSON.stringify(passphraseSlot)));
  assert.ok(kept.kind === "passphrase");
  assert.equal(kept.iterations, 600_000);
  for (const words of ["stone moss dusk", "  stone\u{A0}moss \t dusk\n", "\u{FF53}tone moss dusk"]) {
    assert.deepEqual((await openPassphraseSlot(words, kept)).vaultKey, vaultKey);
  }
});

test("the same words make another salt and another slot each time", async () => {
  const again = await (await sealerForPassphrase("stone moss dusk"))(vaultKey, space);
  assert.notEqual(again.salt, passphraseSlot.salt);
  assert.notEqual(again.wrapped, passphraseSlot.wrapped);
});

test("wrong words are told from a damaged slot, and no words are words to keep a diary by", async () => {
  for (const words of ["stone moss dawn", "Stone moss dusk", "", " \n"]) {
    await assert.rejects(openPassphraseSlot(words, passphraseSlot), { name: "WrongPassphrase", code: "wrong-passphrase" });
  }
  await assert.rejects(sealerForPassphrase(" \u{A0}\n"), { name: "EmptyPassphrase", code: "empty-passphrase" });
});

test("a slot kept as JSON gives the vault key to its passkey, and to no other", async () => {
  const kept = parseSlot(JSON.parse(JSON.stringify(passkeySlot)));
  assert.ok(kept.kind === "passkey");
  assert.deepEqual(kept, passkeySlot);
  assert.deepEqual(await unwrapForPasskey(passkey.output, kept), vaultKey);
  await assert.rejects(unwrapForPasskey(randomBytes(32), kept), { name: "WrongPasskey", code: "wrong-passkey" });
  const again = await wrapForPasskey(passkey, vaultKey, space);
  for (const part of ["id", "salt", "wrapped"] as const) assert.notEqual(again[part], passkeySlot[part]);
});

test("a passkey's slot of another site or another passkey is a damaged slot", async () => {
  for (const other of [{ site: "other.example" }, { credential: toBase64url(randomBytes(20)) }]) {
    await assert.rejects(unwrapForPasskey(passkey.output, { ...passkeySlot, ...other }), { name: "DamagedSlot" });
  }
});

test("any bit turned over in any part of a slot is a damaged slot, whatever opens it", async () => {
  for (const part of ["space", "key", "wrapped", "check"] as const) {
    for (let bit = 0; bit < fromBase64url(deviceSlot[part]).length * 8; bit++) {
      await assert.rejects(unwrapForDevice(deviceKey, flipped(deviceSlot, part, bit)), { name: "DamagedSlot" });
    }
  }
  for (const part of ["space", "key", "salt", "wrapped", "check"] as const) {
    for (let bit = 0; bit < fromBase64url(passphraseSlot[part]).length * 8; bit++) {
      const slot = flipped(passphraseSlot, part, bit);
      await assert.rejects(openPassphraseSlot("stone moss dusk", slot), { name: "DamagedSlot", code: "damaged-slot" });
    }
  }
  for (const part of ["space", "key", "id", "salt", "credential", "wrapped", "check"] as const) {
    for (let bit = 0; bit < fromBase64url(passkeySlot[part]).length * 8; bit++) {
      await assert.rejects(unwrapForPasskey(passkey.output, flipped(passkeySlot, part, bit)), { name: "DamagedSlot" });
    }
  }
  const dearer = { ...passphraseSlot, iterations: 600_001 };
  await assert.rejects(openPassphraseSlot("stone moss dusk", dearer), { name: "DamagedSlot" });
});

test("a number of iterations below 600,000, above 10,000,000 or not whole is refused unread", () => {
  for (const iterations of [0, -1, 1, 599_999, 10_000_001, 2 ** 31, 2 ** 53, 600_000.5, Number.NaN, "600000", null]) {
    assert.throws(() => parseSlot({ ...passphraseSlot, iterations }), { name: "DamagedSlot" });
  }
  assert.equal(parseSlot({ ...passphraseSlot, iterations: 10_000_000 }).kind, "passphrase");
});

test("a slot of a later format is refused as such, also when nothing else in it is known", () => {
  for (const format of [2, 3, 1000]) {
    assert.throws(() => parseSlot({ ...deviceSlot, format }), { name: "NewerFormat", code: "newer-format" });
    assert.throws(() => parseSlot({ format, opens: "with a smile" }), { name: "NewerFormat" });
  }
  for (const format of [0, -1, 1.5, "2", null, undefined]) {
    assert.throws(() => parseSlot({ ...deviceSlot, format }), { name: "DamagedSlot" });
  }
});

test("a slot without one of its parts, or with one of another length, is a damaged slot", () => {
  for (const slot of [deviceSlot, passphraseSlot, passkeySlot]) {
    for (const part of Object.keys(slot)) {
      assert.throws(() => parseSlot({ ...slot, [part]: undefined }), { name: "DamagedSlot" }, part);
      // Texts of any length; the check holds them.
      if (part === "site" || part === "credential") continue;
      for (const value of ["", "AAAA", "not base64url", `${Reflect.get(slot, part)}AAAA`]) {
        assert.throws(() => parseSlot({ ...slot, [part]: value }), { name: "DamagedSlot" }, part);
      }
    }
  }
});

test("no JSON of any kind makes reading a slot throw anything but its named errors", () => {
  const almost = fc.record(
    {
      format: fc.oneof(fc.constant(1), fc.anything()),
      kind: fc.oneof(fc.constantFrom("device", "passphrase", "passkey"), fc.anything()),
      space: fc.oneof(fc.constant(space), fc.anything()),
      key: fc.oneof(fc.constant(vaultKey.id), fc.anything()),
      salt: fc.oneof(fc.constant(passphraseSlot.salt), fc.string()),
      iterations: fc.oneof(fc.constant(600_000), fc.anything()),
      wrapped: fc.oneof(fc.constant(deviceSlot.wrapped), fc.base64String()),
      check: fc.oneof(fc.constant(deviceSlot.check), fc.anything()),
    },
    { requiredKeys: [] },
  );
  const outcomes = { read: 0, DamagedSlot: 0, NewerFormat: 0 };
  fc.assert(
    fc.property(fc.oneof(almost, fc.anything({ withNullPrototype: true, withBigInt: true }), fc.jsonValue()), (json) => {
      try {
        parseSlot(json);
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof DamagedSlot || error instanceof NewerFormat)) throw error;
        outcomes[error.name]++;
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(outcomes.DamagedSlot > 1000, "malformed slots were met");
});

function flipped<S extends DeviceSlot | PassphraseSlot | PasskeySlot>(slot: S, part: keyof S & string, bit: number): S {
  return { ...slot, [part]: toBase64url(withOneBitFlipped(fromBase64url(String(slot[part])), bit)) };
}
