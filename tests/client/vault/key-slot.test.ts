import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromBase64url, makeKeyId, makeSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import {
  type DeviceOpener,
  type KeySlot,
  makeDevicePair,
  makeSlot,
  openSlot,
  readSlot,
  rekeySlot,
  takeVaultKey,
} from "../../../pwa/client/vault/key-slot.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { makeKeptPair } from "../../../pwa/client/vault/p256.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { makeRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import { withOneBitFlipped } from "./vault-of-tests.ts";

const space = makeSpaceId(randomBytes);
const key = makeVaultKey(randomBytes);
const signing = (await makeKeptPair("ECDSA")).public;
const place = { space, key, signing };

const passkey = { kind: "passkey", output: randomBytes(32), site: "diary.example" } as const;
const code = { kind: "code", code: makeRecoveryCode() } as const;
const device: DeviceOpener = { kind: "device", pair: await makeDevicePair() };
const slots = {
  passkey: await makeSlot(passkey, place),
  code: await makeSlot(code, place),
  device: await makeSlot({ kind: "device", public: device.pair.public }, place),
};
const openers = [passkey, code, device];
const all = Object.values(slots);

test("a slot kept as JSON gives its vault key to what it was made for, and vouches for the signing key", async () => {
  const kept = all.map((slot) => readSlot(JSON.parse(JSON.stringify(slot))));
  assert.deepEqual(kept, all);
  for (const opener of openers) {
    const opened = await openSlot(all, opener, space);
    assert.equal(opened.slot, slots[opener.kind]);
    assert.deepEqual(await takeVaultKey(opened, { space, keyId: key.id }), key);
    assert.equal(opened.pinned, opener.kind === "device" ? null : toBase64url(signing));
    assert.equal(opened.pair.privateKey.extractable, false);
  }
});

test("a slot made anew for another vault key opens as before, and nothing else in it changes", async () => {
  const turned = makeVaultKey(randomBytes);
  const rekeyed = await Promise.all(all.map((slot) => rekeySlot(slot, { space, key: turned })));
  for (const [number, slot] of rekeyed.entries()) assert.deepEqual({ ...slot, key: "" }, { ...all[number], key: "" });
  for (const opener of openers) {
    const opened = await openSlot(rekeyed, opener, space);
    assert.deepEqual(await takeVaultKey(opened, { space, keyId: turned.id }), turned);
    await assert.rejects(takeVaultKey(opened, { space, keyId: key.id }), { name: "RollRefused", code: "roll-damaged" });
  }
});

test("each slot has an id, a salt and a pair of its own, and stands with the label it was given", async () => {
  const again = await makeSlot({ ...passkey, label: "AAAA" }, place);
  for (const part of ["id", "salt", "public", "sealed", "key"] as const) assert.notEqual(again[part], slots.passkey[part]);
  assert.equal(again.label, "AAAA");
  assert.equal((await openSlot([slots.passkey, again], passkey, space)).slot, slots.passkey);
});

test("another passkey, site or code opens nothing; where there is no such slot at all it says so", async () => {
  const wrong = { name: "RollRefused", code: "slot-wrong-key" };
  await assert.rejects(openSlot(all, { ...passkey, output: randomBytes(32) }, space), wrong);
  await assert.rejects(openSlot(all, { kind: "code", code: makeRecoveryCode() }, space), wrong);
  const absent = { name: "RollRefused", code: "slot-not-here" };
  await assert.rejects(openSlot(all, { ...passkey, site: "other.example" }, space), absent);
  await assert.rejects(openSlot([slots.device], code, space), absent);
  await assert.rejects(openSlot(all, { kind: "device", pair: await makeDevicePair() }, space), absent);
});

test("a slot does not open in another space, under another id, with another public half or another's private half", async () => {
  const elsewhere = makeSpaceId(randomBytes);
  const other = await makeSlot(passkey, place);
  for (const opener of [passkey, code]) {
    const slot = slots[opener.kind];
    const wrong = { name: "RollRefused", code: "slot-wrong-key" };
    await assert.rejects(openSlot([slot], opener, elsewhere), wrong);
    for (const planted of [{ id: other.id }, { public: other.public }, { sealed: other.sealed }] as Partial<KeySlot>[]) {
      await assert.rejects(openSlot([{ ...slot, ...planted }], opener, space), wrong);
    }
  }
});

test("the vault key of one slot, space or key id does not open in the place of another", async () => {
  const damaged = { name: "RollRefused", code: "roll-damaged" };
  for (const opener of openers) {
    const opened = await openSlot(all, opener, space);
    await assert.rejects(takeVaultKey(opened, { space: makeSpaceId(randomBytes), keyId: key.id }), damaged);
    await assert.rejects(takeVaultKey(opened, { space, keyId: makeKeyId(randomBytes) }), damaged);
    const swapped = all.find((slot) => slot !== opened.slot);
    await assert.rejects(takeVaultKey({ ...opened, slot: { ...opened.slot, key: swapped?.key ?? "" } }, { space, keyId: key.id }), damaged);
  }
});

test("any bit turned over in what is sealed is refused", async () => {
  const sealed = fromBase64url(slots.code.sealed ?? "");
  assert.equal(sealed.length, 125);
  for (let bit = 0; bit < sealed.length * 8; bit += 3) {
    const slot = { ...slots.code, sealed: toBase64url(withOneBitFlipped(sealed, bit)) };
    await assert.rejects(openSlot([slot], code, space), { code: "slot-wrong-key" });
  }
});

test("the caller's bytes are left as they are", async () => {
  const output = randomBytes(32);
  const before = output.slice();
  await makeSlot({ ...passkey, output }, place);
  assert.deepEqual(output, before);
  assert.ok(key.bytes.some(Boolean));
});

test("a slot of another kind, or with a part missing or malformed, is not read", () => {
  assert.equal(readSlot({ ...slots.code, kind: "smile" }), null);
  for (const slot of all) {
    for (const part of Object.keys(slot)) {
      for (const value of [undefined, null, 7, "", "AAAA", {}, `${slot[part]}AAAA`]) {
        if (part === "site" && typeof value === "string") continue;
        assert.equal(readSlot({ ...slot, [part]: value }), null, part);
      }
    }
  }
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (json) => {
      assert.equal(readSlot(json), null);
    }),
  );
});
