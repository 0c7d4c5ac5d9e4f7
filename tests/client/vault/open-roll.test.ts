/** Whom a phone believes, rule by rule of docs/keys.md: each with the fault planted, by a server without keys or by who has some. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRecordId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { rekeySlot } from "../../../pwa/client/vault/key-slot.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { makePairToSeal } from "../../../pwa/client/vault/p256.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { lengthenLine } from "../../../pwa/client/vault/signing-line.ts";
import { addSlot, removeSlot, renewCode, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import * as rolls from "./roll-of-tests.ts";
import { code, damaged, device, first, forged, fresh, knowing, passkey, refusedByAll, second, space, third } from "./three-entries.ts";

const entries = [first.entry, second.entry, third.entry];
const stranger = await rolls.beginVault(space);

test("the roll as it is opens on each of these phones, with stubs too", async () => {
  const stubs = [await rolls.stubOf(first.entry), await rolls.stubOf(second.entry), third.entry];
  for (const roll of [entries, stubs]) {
    for (const vault of [await fresh(roll), await fresh(roll, passkey), await knowing(first, roll), await knowing(second, roll.slice(1))]) {
      assert.deepEqual(vault.known, third.vault.known);
    }
  }
  assert.deepEqual((await knowing(third, [third.entry])).known, third.vault.known);
});

test("a foreign signing line is forged, also with our slots, and with our key in front of it", async () => {
  const foreign = stranger.step.vault;
  const slots = third.vault.content.slots;
  await refusedByAll(
    await rolls.signedBy(third, { signing: foreign.known.signing, slots }, { signer: foreign.signer, parent: second.entry.id }),
    forged,
  );
  const grafted = [...second.vault.known.signing, { key: foreign.known.signing[0]?.key, signature: foreign.known.signing[0]?.signature }];
  const unsigned = [...second.vault.known.signing, { key: foreign.known.signing[0]?.key, signature: toBase64url(randomBytes(64)) }];
  for (const signing of [grafted, unsigned]) {
    await refusedByAll(await rolls.signedBy(second, { signing }, { signer: foreign.signer }), forged);
  }
});

test("a key or a signature swapped in the part of the line that is known is forged", async () => {
  const [eldest, last] = second.vault.known.signing;
  const own = await makePairToSeal("ECDSA");
  const swapped = [eldest, { key: toBase64url(own.public), signature: last?.signature }];
  const entry = await rolls.signedBy(second, { signing: swapped }, { signer: own.privateKey });
  await refusedByAll(entry, forged);
  await refusedByAll(await rolls.signedBy(second, { signing: [eldest, { ...last, signature: toBase64url(randomBytes(64)) }] }), forged);
});

test("a whole foreign roll is forged by its slots: ours in it vouches for a key that is not there", async () => {
  const { signing } = stranger.step.vault.known;
  const planted = await rolls.signedBy(stranger.step, { signing, slots: first.vault.slots }, { parent: null, keyId: first.vault.key.id });
  await assert.rejects(fresh([planted]), forged);
  await assert.rejects(fresh([planted], passkey), forged);
  await assert.rejects(fresh([stranger.step.entry]), { code: "slot-wrong-key" });
});

test("a vault key planted in a slot is forged, as anyone can seal to a public half", async () => {
  const planted = makeVaultKey(randomBytes);
  const slots = await Promise.all(third.vault.slots.map((slot) => rekeySlot(slot, { space, key: { ...planted, id: third.vault.key.id } })));
  const blob = JSON.stringify({ ...third.vault.content, slots });
  await refusedByAll(await rolls.withBlob(third.entry, blob), forged);
});

test("what is sealed in one slot does not open in another, nor what is sealed to one", async () => {
  const [one, two, three] = third.vault.slots;
  assert.ok(one && two && three);
  const sealedSwapped = await rolls.signedBy(second, { slots: [{ ...one, sealed: two.sealed }, { ...two, sealed: one.sealed }, three] });
  await assert.rejects(fresh([first.entry, second.entry, sealedSwapped]), { code: "slot-wrong-key" });
  await assert.rejects(fresh([first.entry, second.entry, sealedSwapped], passkey), { code: "slot-wrong-key" });
  const keysSwapped = await rolls.signedBy(second, {
    slots: [
      { ...one, key: two.key },
      { ...two, key: three.key },
      { ...three, key: one.key },
    ],
  });
  await refusedByAll(keysSwapped, damaged);
});

test("slots and entries of another space are refused", async () => {
  const elsewhere = await rolls.beginVault();
  await refusedByAll(await rolls.signedBy(second, {}, { space: elsewhere.space }), forged);
  await assert.rejects(fresh([elsewhere.step.entry]), forged);
  const slots = elsewhere.step.vault.slots;
  const moved = await rolls.signedBy(second, { slots });
  await assert.rejects(fresh([first.entry, second.entry, moved], elsewhere.code), { code: "slot-wrong-key" });
  await assert.rejects(knowing(second, [moved], elsewhere.device), damaged);
});

test("an entry of another record is forged, and one that is no roll entry damaged", async () => {
  await refusedByAll(await rolls.signedBy(second, {}, { record: makeRecordId(randomBytes) }), forged);
  const elsewhere = { ...first.vault.known, record: makeRecordId(randomBytes) };
  await assert.rejects(openKnownRoll({ known: elsewhere, entries: [second.entry], opener: device }), forged);
  await refusedByAll(await rolls.withHeader(third.entry, { kind: "edit" }), damaged);
  await refusedByAll(await rolls.withHeader(third.entry, { owner: "group", author: space }), damaged);
});

test("entries that do not follow each other are forged", async () => {
  await assert.rejects(fresh([second.entry, third.entry]), forged);
  await assert.rejects(fresh([first.entry, third.entry]), forged);
  await assert.rejects(fresh([first.entry, third.entry, second.entry]), forged);
  await assert.rejects(fresh([first.entry, first.entry]), forged);
  const ofTwo = await rolls.withHeader(third.entry, { parents: [first.entry.id, second.entry.id] });
  await refusedByAll(ofTwo, forged);
});

test("an older roll is told as behind by a phone that knows more; a fresh phone cannot tell", async () => {
  for (const roll of [[], [first.entry], [first.entry, second.entry], [second.entry]]) {
    await assert.rejects(knowing(third, roll), { name: "RollRefused", code: "roll-behind" });
  }
  assert.deepEqual((await fresh([first.entry, second.entry])).known, second.vault.known);
});

test("another line than the one known is a fork", async () => {
  const other = await turnVault(first.vault);
  const onOther = await addSlot(other.vault, rolls.makePasskey());
  for (const roll of [[first.entry, other.entry], [other.entry], [other.entry, onOther.entry], [onOther.entry]]) {
    await assert.rejects(knowing(second, roll), { name: "RollRefused", code: "roll-forked" });
  }
  await assert.rejects(knowing(first, [third.entry]), { name: "RollRefused", code: "roll-forked" });
});

test("who kept an earlier signing key adds nothing to a line that has turned", async () => {
  const { signing } = first.vault.known;
  const { signer } = first.vault;
  const own = await makePairToSeal("ECDSA");
  const branch = await lengthenLine(signing, signer, own.public, space);
  const made = [
    await rolls.signedBy(second, { signing }, { signer }),
    await rolls.signedBy(second, {}, { signer }),
    await rolls.signedBy(second, { signing: branch }, { signer: own.privateKey }),
  ];
  for (const last of made) {
    await assert.rejects(fresh([first.entry, second.entry, last]), forged);
    await assert.rejects(knowing(first, [first.entry, second.entry, last]), forged);
    await assert.rejects(knowing(second, [last]), forged);
  }
});

test("a slot made since the last turn shuts an earlier signing key out, where all older entries are stubs too", async () => {
  const code = rolls.makeCode();
  const renewed = await renewCode(second.vault, code);
  const stubs = await Promise.all([first.entry, second.entry, renewed.entry].map(rolls.stubOf));
  const { signing } = first.vault.known;
  const last = await rolls.signedBy(renewed, { signing }, { signer: first.vault.signer });
  await assert.rejects(fresh([...stubs, last], code), forged);
  await assert.rejects(knowing(renewed, [...stubs, last], code), forged);
});

test("a phone that was removed is told that its slot is not here", async () => {
  const removed = await removeSlot(third.vault, rolls.slotOf(third.vault, "device").id);
  await assert.rejects(knowing(third, [removed.entry]), { name: "RollRefused", code: "slot-not-here" });
  assert.deepEqual((await knowing(third, [removed.entry], code)).known, removed.vault.known);
});
