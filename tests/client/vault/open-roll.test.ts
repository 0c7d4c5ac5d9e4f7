/**
 * What a phone checks, rule by rule of docs/keys.md: each with the fault planted, by a server without keys or by
 * somebody who has them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import { makeRecordId, makeSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { rekeySlot } from "../../../pwa/client/vault/key-slot.ts";
import { sealKeyring } from "../../../pwa/client/vault/keyring.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { makePairToSeal } from "../../../pwa/client/vault/p256.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { revisionId } from "../../../pwa/client/vault/revision.ts";
import type { RollEntry, WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { RollRefused } from "../../../pwa/client/vault/roll-refused.ts";
import { lengthenLine } from "../../../pwa/client/vault/signing-line.ts";
import { addSlot, removeSlot, renewCode, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import * as rolls from "./roll-of-tests.ts";
import { withOneBitFlipped } from "./vault-of-tests.ts";

const { space, key, passkey, code, device, step: first } = await rolls.beginVault();
const second = await turnVault(first.vault);
const third = await addSlot(second.vault, rolls.makePasskey());
const entries = [first.entry, second.entry, third.entry];
const stranger = await rolls.beginVault(space);

const forged = { name: "RollRefused", code: "roll-forged" };
const damaged = { name: "RollRefused", code: "roll-damaged" };

const fresh = (roll: readonly RollEntry[], opener: Parameters<typeof openFreshRoll>[0]["opener"] = code) =>
  openFreshRoll({ space, entries: roll, opener });
const knowing = (known: typeof first, roll: readonly RollEntry[], opener: Parameters<typeof openKnownRoll>[0]["opener"] = device) =>
  openKnownRoll({ known: known.vault.known, entries: roll, opener });

/** Refused by a fresh phone, by one that knows the first entry, and by one that knows the second. */
async function refusedByAll(last: WholeEntry, why: object): Promise<void> {
  await assert.rejects(fresh([first.entry, second.entry, last]), why);
  await assert.rejects(fresh([await rolls.stubOf(first.entry), await rolls.stubOf(second.entry), last], passkey), why);
  await assert.rejects(knowing(first, [first.entry, second.entry, last]), why);
  await assert.rejects(knowing(second, [last]), why);
}

test("the roll as it is opens on each of these phones, with stubs too", async () => {
  const stubs = [await rolls.stubOf(first.entry), await rolls.stubOf(second.entry), third.entry];
  for (const roll of [entries, stubs]) {
    for (const vault of [await fresh(roll), await fresh(roll, passkey), await knowing(first, roll), await knowing(second, roll.slice(1))]) {
      assert.deepEqual(vault.known, third.vault.known);
    }
  }
  assert.deepEqual((await knowing(third, [third.entry])).known, third.vault.known);
});

test("an entry whose id is not its own is damaged", async () => {
  await refusedByAll({ ...third.entry, id: first.entry.id }, damaged);
  await refusedByAll({ ...third.entry, blob: withOneBitFlipped(third.entry.blob, 99) }, damaged);
  await refusedByAll({ ...third.entry, header: withOneBitFlipped(third.entry.header, 99) }, damaged);
});

test("bytes altered by who gives them the id that fits are forged, or damaged where they no longer read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (bit) => {
      const altered = await rolls.withBlob(third.entry, withOneBitFlipped(third.entry.blob, bit));
      await assert.rejects(fresh([first.entry, second.entry, altered]), isCoded);
    }),
    { numRuns: 200 },
  );
  for (let bit = 0; bit < 512; bit += 7)
    await refusedByAll({ ...third.entry, signature: withOneBitFlipped(third.entry.signature, bit) }, forged);
  await refusedByAll({ ...third.entry, signature: new Uint8Array(0) }, forged);
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

test("with a vault key that is not the keyring's, an entry is damaged though the vault signed it", async () => {
  const planted = makeVaultKey(randomBytes);
  const slots = await Promise.all(third.vault.slots.map((slot) => rekeySlot(slot, { space, key: { ...planted, id: third.vault.key.id } })));
  await refusedByAll(await rolls.signedBy(second, { slots }), damaged);
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

test("another keyring is damaged: of another key, another space, or with another's signing key", async () => {
  const { scalar } = await makePairToSeal("ECDSA");
  const ours = { older: third.vault.older, signing: scalar, rest: {} };
  const planted = [
    first.vault.content.keyring,
    stranger.step.vault.content.keyring,
    await sealKeyring(ours, makeSpaceId(randomBytes), third.vault.key),
    await sealKeyring(ours, space, third.vault.key),
    await sealKeyring({ ...ours, signing: new Uint8Array(32) }, space, third.vault.key),
    await sealKeyring({ ...ours, signing: randomBytes(31) }, space, third.vault.key),
    await sealKeyring({ ...ours, older: [{ ...key, bytes: randomBytes(31) }] }, space, third.vault.key),
    "",
  ];
  for (const keyring of planted) await refusedByAll(await rolls.signedBy(second, { keyring }), damaged);
});

test("a stub in the last place is damaged", async () => {
  await assert.rejects(fresh([first.entry, second.entry, await rolls.stubOf(third.entry)]), damaged);
  await assert.rejects(knowing(second, [await rolls.stubOf(third.entry)]), damaged);
  await assert.rejects(knowing(third, [await rolls.stubOf(third.entry)]), damaged);
  await assert.rejects(fresh([]), damaged);
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

test("a later format of header or entry is told as such, and no other code", async () => {
  const header = Uint8Array.from(third.entry.header, (byte, place) => (place === 0 ? 2 : byte));
  const later = { ...third.entry, header };
  await refusedByAll({ ...later, id: await revisionId(header, later.blob) }, { name: "NewerFormat", code: "newer-format" });
  await refusedByAll(await rolls.withBlob(third.entry, '{"format": 2, "opens": "with a smile"}'), { name: "NewerFormat" });
});

test("huge and malformed entries are damaged, whoever signed them", async () => {
  const { content } = third.vault;
  const whole = JSON.stringify(content);
  const huge = `${whole.slice(0, -1)}, "more": "${"x".repeat(262_144)}"}`;
  const blobs = [
    "",
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    huge,
    "[".repeat(200_000),
    `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    "\u{FFFF}",
  ];
  for (const blob of blobs) await refusedByAll(await rolls.withBlob(third.entry, blob), damaged);
  await refusedByAll(await rolls.withBlob(third.entry, Uint8Array.of(0xff, 0xfe)), damaged);
  for (const part of ["format", "signing", "forget_older", "slots", "keyring"]) {
    for (const value of [undefined, null, -1, 0.5, "", "A", [], {}, [null], [{}], [{ key: "AAAA", signature: null }]]) {
      if ((part === "slots" && Array.isArray(value)) || (part === "keyring" && value === "")) continue;
      const blob = JSON.stringify({ ...content, [part]: value });
      await assert.rejects(fresh([first.entry, second.entry, await rolls.withBlob(third.entry, blob)]), damaged, `${part} ${value}`);
    }
  }
});

test("no JSON that the vault itself signed makes a phone throw anything but its codes", async () => {
  const almost = fc.record(
    {
      slots: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      keyring: fc.jsonValue(),
      signing: fc.jsonValue(),
      forget_older: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(almost, async (content) => {
      const last = await rolls.signedBy(second, content as Record<string, unknown>);
      await fresh([first.entry, second.entry, last]).catch(assertCoded);
      await knowing(second, [last]).catch(assertCoded);
    }),
    { numRuns: 300 },
  );
});

test("a malformed slot beside one's own hinders nothing", async () => {
  const slots = [null, 7, "slot", {}, { kind: "code" }, { ...third.vault.slots[1], sealed: "A" }, ...third.vault.slots];
  const last = await rolls.signedBy(second, { slots });
  assert.deepEqual((await fresh([first.entry, second.entry, last])).slots, third.vault.slots);
});

test("a phone that was removed is told that its slot is not here", async () => {
  const removed = await removeSlot(third.vault, rolls.slotOf(third.vault, "device").id);
  await assert.rejects(knowing(third, [removed.entry]), { name: "RollRefused", code: "slot-not-here" });
  assert.deepEqual((await knowing(third, [removed.entry], code)).known, removed.vault.known);
});

function assertCoded(error: unknown): void {
  assert.ok(isCoded(error), String(error));
}

function isCoded(error: unknown): boolean {
  return error instanceof RollRefused || error instanceof NewerFormat;
}
