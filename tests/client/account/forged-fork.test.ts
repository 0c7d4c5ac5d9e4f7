/** A phone that was shut out makes entries in the place of those that shut it out, with the site's help. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Calls } from "../../../pwa/client/account/calls.ts";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { phonesIn } from "../../../pwa/client/account/phones.ts";
import { devicePair, keysHere, openHere } from "../../../pwa/client/account/roll-here.ts";
import { signOutPhone } from "../../../pwa/client/account/sign-out-phone.ts";
import { makeDevicePair } from "../../../pwa/client/vault/key-slot.ts";
import { type VaultKey, vaultKeyOf } from "../../../pwa/client/vault/keys.ts";
import { openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import type { RollEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { addSlot, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import { entryAsSent } from "./site.ts";

/** One phone goes on, and the other was signed out; what that one makes in the place of the entry that did it. */
async function shutOut(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const other = await Signed.in(context, site, code);
  for (const each of [one, other]) await each.shows();
  const entries = await other.browser.calls.roll("");
  const had = await openHere(other.diary, { known: (await other.note()).known, entries, opener: null });
  const pair = await makeDevicePair();
  const own = (await devicePair(other.diary)) ?? assert.fail();
  const [, away] = await phonesIn(await one.browser.calls.phones(), await learnRoll(one.changing), await keysHere(one.diary), null);
  await signOutPhone(one.changing, away ?? assert.fail());
  await one.writes("after");
  await one.sync.now();
  await one.sync.stop();
  const turned = await turnVault(had);
  const { entry, vault: forged } = await addSlot(turned.vault, { kind: "device", public: pair.public });
  return { one, code, forged, pairs: [pair, own], fork: [...entries, turned.entry, entry] };
}

/** A site that shows these entries, and takes what is put on top. */
function showing({ browser }: Signed, fork: readonly RollEntry[]): { readonly entries: RollEntry[]; readonly calls: Calls } {
  const entries = [...fork];
  const calls: Calls = {
    ...browser.calls,
    roll: async () => [...entries],
    addToRoll: async (_space, entry) => {
      entries.push(entryAsSent(entry));
      return null;
    },
  };
  return { entries, calls };
}

test("it gets nothing of what is written after the code was shown", async (context) => {
  const { one, code, forged, pairs, fork } = await shutOut(context);
  const key = one.diary.inside.keys.keyId;
  const { entries, calls } = showing(one, fork);
  await one.signsInAgain(code, calls);
  assert.equal((await one.note()).known.ids.at(-1), entries.at(-1)?.id);
  const now = one.diary.inside.keys.keyId;
  assert.ok(now !== key && [...forged.older, forged.key].every(({ id }) => id !== now), "It writes under no key of theirs.");
  // Neither the slot that the phone had nor the one that it made up is there.
  for (const pair of pairs) {
    const opener = { kind: "device", pair } as const;
    await assert.rejects(openKnownRoll({ known: forged.known, entries, opener }), { code: "slot-not-here" });
  }
  const stale = { kind: "vault-key", key: forged.key } as const;
  await assert.rejects(openKnownRoll({ known: forged.known, entries, opener: stale }), { code: "slot-wrong-key" });
  const opener = { kind: "code", code: await readRecoveryCode(code) } as const;
  const { slots, older } = await openFreshRoll({ space: forged.known.space, entries, opener });
  assert.deepEqual(slots.map(({ kind }) => kind).sort(), ["code", "device"]);
  assert.ok(older.some(({ id }) => id === key));
});

test("a key of theirs that goes by the id of one that is here is refused before anything is sent", async (context) => {
  const { one, code, forged, fork } = await shutOut(context);
  const named = [one.diary.inside.keys.keyId, forged.older[0]?.id ?? assert.fail()];
  for (const id of named) {
    const other: VaultKey = vaultKeyOf(id, randomBytes(32));
    const { entry } = await turnVault({ ...forged, older: [...forged.older.filter((each) => each.id !== id), other] });
    const [before, { entries, calls }] = [await one.note(), showing(one, [...fork, entry])];
    await assert.rejects(one.signsInAgain(code, calls), { name: "RollRefused", code: "roll-forged" });
    assert.equal(entries.length, fork.length + 1);
    assert.deepEqual(await one.note(), before);
  }
});

test("a phone that does not have the last entry that it knew takes nothing and sends nothing", async (context) => {
  const { one, code, fork } = await shutOut(context);
  const before = await one.note();
  const { roll } = await one.phone.rows();
  const [key] = roll.find(([, row]) => (row as RollEntry).id === before.known.ids.at(-1)) ?? assert.fail();
  await one.phone.tamper("roll", key, undefined);
  const { entries, calls } = showing(one, fork);
  await assert.rejects(one.signsInAgain(code, calls), { name: "RollRefused", code: "roll-forked" });
  assert.equal(entries.length, fork.length);
  assert.deepEqual(await one.note(), before);
});
