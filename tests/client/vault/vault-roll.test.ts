import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { openSlot, takeVaultKey } from "../../../pwa/client/vault/key-slot.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { type FreshOpener, type KnownOpener, openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { wipeVault } from "../../../pwa/client/vault/open-vault.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import type { RollEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { addSlot, beginRoll, removeSlot, renewCode, type Step, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { openEntry } from "./reference-roll.ts";
import { beginVault, contentOf, makeCode, makeDevice, makePasskey, SITE, slotFor, slotOf, stubOf } from "./roll-of-tests.ts";

test("a roll that was begun opens with each of its slots", async () => {
  const { space, key, passkey, code, device, step } = await beginVault();
  const { known } = step.vault;
  assert.deepEqual(contentOf(step.entry).forget_older, false);
  const opened = [
    await openFreshRoll({ space, entries: [step.entry], opener: passkey }),
    await openFreshRoll({ space, entries: [step.entry], opener: code }),
    await openKnownRoll({ known, entries: [step.entry], opener: device }),
    await openKnownRoll({ known, entries: [step.entry], opener: { kind: "vault-key", key } }),
  ];
  for (const vault of opened) {
    assert.deepEqual(vault.key, key);
    assert.notEqual(vault.key.bytes, key.bytes);
    assert.deepEqual(vault.known, JSON.parse(JSON.stringify(known)));
    assert.deepEqual(vault.slots, step.vault.slots);
    assert.equal(vault.signer.extractable, false);
    wipeVault(vault);
  }
  assert.ok(key.bytes.some(Boolean), "the key that the caller brought is the caller's");
});

test("a vault that had a roll before begins another with all its keys", async () => {
  const [space, key, earlier, code] = [makeSpaceId(randomBytes), makeVaultKey(randomBytes), makeVaultKey(randomBytes), makeCode()];
  const { entry } = await beginRoll({ space, key, older: [earlier], slots: [code] });
  assert.deepEqual((await openFreshRoll({ space, entries: [entry], opener: code })).older, [earlier]);
});

test("removing a slot turns: it opens nothing of what follows, the others open all", async () => {
  const { space, passkey, code, device, step } = await beginVault();
  const removed = await removeSlot(step.vault, slotOf(step.vault, "device").id);
  assert.equal(contentOf(removed.entry).forget_older, true);
  assert.notEqual(removed.vault.key.id, step.vault.key.id);
  assert.equal(removed.vault.known.signing.length, 2);
  const entries = [await stubOf(step.entry), removed.entry];
  await assert.rejects(openKnownRoll({ known: step.vault.known, entries, opener: device }), { code: "slot-not-here" });
  const stale = { kind: "vault-key", key: step.vault.key } as const;
  await assert.rejects(openKnownRoll({ known: step.vault.known, entries, opener: stale }), { code: "slot-wrong-key" });
  for (const opener of [passkey, code]) {
    const { older, key } = await openFreshRoll({ space, entries, opener });
    assert.deepEqual([...older, key], [step.vault.key, removed.vault.key]);
  }
});

test("keys of a line that the server lost come into the keyring with a turn, each once", async () => {
  const { space, code, step } = await beginVault();
  const lost = await turnVault((await turnVault(step.vault)).vault);
  const found = await turnVault(step.vault, [...lost.vault.older, lost.vault.key]);
  const { older } = await openFreshRoll({ space, entries: [step.entry, found.entry], opener: code });
  const [begun, between] = lost.vault.older;
  assert.deepEqual(older, [between, lost.vault.key, begun]);
});

test("no passkey and no code is touched by a turn", async () => {
  const { step } = await beginVault();
  const turned = await turnVault(step.vault);
  assert.equal(contentOf(turned.entry).forget_older, false);
  for (const [place, slot] of turned.vault.slots.entries()) {
    assert.notEqual(slot.key, step.vault.slots[place]?.key);
    assert.deepEqual({ ...slot, key: "" }, { ...step.vault.slots[place], key: "" });
  }
});

test("a turn has no passkey at hand: each slot that stays opens the new key, and no slot as it was before does", async () => {
  const { space, passkey, code, device, step } = await beginVault();
  const [other, lost] = [makePasskey(), makePasskey()];
  const before = (await addSlot((await addSlot(step.vault, other)).vault, lost)).vault;
  const { slot: gone } = await openSlot(before.slots, lost, space);
  const { vault } = await removeSlot(before, gone.id);
  for (const opener of [passkey, other, code, device]) {
    const [then, now] = [await openSlot(before.slots, opener, space), await openSlot(vault.slots, opener, space)];
    assert.deepEqual(await takeVaultKey(now, { space, keyId: vault.key.id }), vault.key);
    await assert.rejects(takeVaultKey(then, { space, keyId: vault.key.id }), { code: "roll-damaged" });
    await assert.rejects(takeVaultKey(now, { space, keyId: before.key.id }), { code: "roll-damaged" });
    assert.equal(now.pinned, then.pinned, "It vouches for the signing key of the day it was made.");
  }
  await assert.rejects(openSlot(vault.slots, lost, space), { code: "slot-wrong-key" });
  const stale = await openSlot([gone], lost, space);
  await assert.rejects(takeVaultKey(stale, { space, keyId: vault.key.id }), { code: "roll-damaged" });
});

test("a renewed code opens, and the one before does not", async () => {
  const { space, code, step } = await beginVault();
  const fresh = makeCode();
  const renewed = await renewCode(step.vault, fresh);
  const entries = [await stubOf(step.entry), renewed.entry];
  assert.equal(contentOf(renewed.entry).forget_older, true);
  assert.equal(renewed.vault.slots.filter(({ kind }) => kind === "code").length, 1);
  assert.deepEqual((await openFreshRoll({ space, entries, opener: fresh })).key, step.vault.key);
  await assert.rejects(openFreshRoll({ space, entries, opener: code }), { code: "slot-wrong-key" });
});

test("a slot that is not there cannot be removed, nor the last one", async () => {
  const { space, step } = await beginVault();
  await assert.rejects(removeSlot(step.vault, space), { name: "RollRefused", code: "slot-not-here" });
  const only = await beginRoll({ space, key: step.vault.key, slots: [makeCode()] });
  await assert.rejects(removeSlot(only.vault, slotOf(only.vault, "code").id), { name: "RollRefused", code: "last-slot" });
  await assert.rejects(beginRoll({ space, key: step.vault.key, slots: [] }), { name: "RollRefused", code: "last-slot" });
});

test("a line of a thousand keys takes no more, and an entry is never larger than a revision", async () => {
  const { step } = await beginVault();
  const signing = Array.from({ length: 1000 }, () => step.vault.known.signing[0] ?? { key: "", signature: null });
  const full = { ...step.vault, known: { ...step.vault.known, signing } };
  await assert.rejects(turnVault(full), { name: "RollRefused", code: "roll-full" });
  const large = { ...step.vault, content: { ...step.vault.content, more: "x".repeat(262_144) } };
  await assert.rejects(addSlot(large, makeCode()), { name: "RollRefused", code: "roll-full" });
});

test("what this app does not know stays: kinds of slots, members of slots, entry and keyring", async () => {
  const { space, code, step } = await beginVault();
  const [first] = step.vault.slots;
  const foreign = { ...first, id: toBase64url(randomBytes(16)), kind: "smile", wide: [1, { a: null }] };
  const broken = { kind: "code", id: "short" };
  const offTheCurve = { ...first, kind: "smile", public: toBase64url(Uint8Array.from([4, ...randomBytes(64)])) };
  const slots = [...step.vault.slots.map((slot) => ({ ...slot, colour: "moss" })), foreign, broken, 7, offTheCurve];
  const vault = { ...step.vault, rest: { groups: { a: "b" }, later: true }, content: { ...step.vault.content, slots, more: { a: [] } } };
  const turned = await turnVault(vault);
  const added = await addSlot(turned.vault, makeCode());
  for (const { entry } of [turned, added]) {
    const { more, slots: kept } = contentOf(entry) as { more: unknown; slots: Record<string, unknown>[] };
    assert.deepEqual(more, { a: [] });
    assert.equal(kept[0]?.colour, "moss");
    assert.deepEqual({ ...kept[3], key: "" }, { ...foreign, key: "" });
    assert.notEqual(kept[3]?.key, foreign.key);
    assert.deepEqual(kept.slice(4, 7), [broken, 7, offTheCurve]);
  }
  const opened = await openFreshRoll({ space, entries: [step.entry, turned.entry, added.entry], opener: code });
  assert.deepEqual(opened.rest, { groups: { a: "b" }, later: true });
  assert.deepEqual(
    opened.slots.map(({ kind }) => kind),
    ["passkey", "code", "device", "code"],
  );
});

test("no secret stands in an entry, and wiping a vault leaves none of its keys", async () => {
  const { passkey, code, key, step } = await beginVault();
  const { entry, vault } = await turnVault(step.vault);
  for (const secret of [passkey.output, code.code, key.bytes, vault.key.bytes]) {
    for (const { blob } of [step.entry, entry]) {
      assert.equal(Buffer.from(blob).includes(toBase64url(secret)), false);
      assert.equal(Buffer.from(blob).includes(Buffer.from(secret)), false);
    }
  }
  wipeVault(vault);
  for (const { bytes } of [vault.key, ...vault.older]) assert.deepEqual(bytes, new Uint8Array(32));
  assert.ok(key.bytes.some(Boolean), "the key that the caller brought is the caller's");
});

test("the reference opens what the app makes, with a passkey and with a code", async () => {
  const { passkey, code, key, step } = await beginVault();
  const { entry, vault } = await turnVault(step.vault);
  const bytes = { id: Buffer.from(entry.id, "base64url"), header: Buffer.from(entry.header) };
  const whole = { ...bytes, blob: Buffer.from(entry.blob), signature: Buffer.from(entry.signature) };
  for (const secret of [
    { kind: "code", code: Buffer.from(code.code) },
    { kind: "passkey", output: Buffer.from(passkey.output), site: SITE },
  ] as const) {
    const opened = openEntry(whole, secret);
    assert.deepEqual(Uint8Array.from(opened.vaultKey), vault.key.bytes);
    assert.equal(opened.pinned.toString("base64url"), vault.known.signing[0]?.key);
    assert.deepEqual(opened.keyring.keys, [{ id: key.id, key: Buffer.from(key.bytes) }]);
    assert.deepEqual(opened.keyring.groups, {});
  }
});

test("whatever was done to a vault, each slot that is left opens the newest and all earlier keys, on any phone", async () => {
  const steps = fc.array(fc.constantFrom("passkey", "device", "code", "turn", "remove"), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (changes, chance) => {
      const { space, passkey, code, device, step } = await beginVault();
      const history: Step[] = [step];
      const openers = new Map<string, KnownOpener>();
      const learn = ({ vault }: Step, opener: KnownOpener) => openers.set(vault.slots.at(-1)?.id ?? "", opener);
      for (const [place, opener] of [passkey, code, device].entries()) openers.set(step.vault.slots[place]?.id ?? "", opener);
      for (const change of changes) {
        const { vault } = history.at(-1) ?? step;
        history.push(await changed(vault, change, { chance, learn }));
      }
      const { vault } = history.at(-1) ?? step;
      const entries = await asServed(history);
      const keys = [...new Map(history.map((each) => [each.vault.key.id, each.vault.key])).values()];
      for (const { id } of vault.slots) {
        const opener = openers.get(id);
        assert.ok(opener !== undefined);
        for (const { vault: earlier } of history) {
          const opened = await openKnownRoll({ known: earlier.known, entries, opener });
          assert.deepEqual([...opened.older, opened.key], keys);
          assert.deepEqual(opened.known, vault.known);
        }
        if (opener.kind !== "passkey" && opener.kind !== "code") continue;
        const fresh = await openFreshRoll({ space, entries, opener: opener as FreshOpener });
        assert.deepEqual([...fresh.older, fresh.key], keys);
      }
    }),
    { numRuns: 15 },
  );
});

type Learn = (step: Step, opener: KnownOpener) => void;

async function changed(vault: Step["vault"], change: string, { chance, learn }: { chance: number; learn: Learn }): Promise<Step> {
  if (change === "turn") return turnVault(vault);
  if (change === "remove" && vault.slots.length > 1) return removeSlot(vault, vault.slots[chance % vault.slots.length]?.id ?? "");
  if (change === "code") {
    const code = makeCode();
    const step = await renewCode(vault, code);
    learn(step, code);
    return step;
  }
  const opener = change === "device" ? await makeDevice() : makePasskey();
  const step = await addSlot(vault, opener.kind === "device" ? slotFor(opener) : opener);
  learn(step, opener);
  return step;
}

/** The roll as a server gives it: older entries are stubs once one said so. */
async function asServed(history: readonly Step[]): Promise<readonly RollEntry[]> {
  const forgets = history.findLastIndex(({ entry }) => contentOf(entry).forget_older === true);
  return Promise.all(history.map(({ entry }, place) => (place < forgets ? stubOf(entry) : entry)));
}
