/** A phone that was signed out begins the roll anew, with the site's help: no phone that knows the vault takes it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import type { Calls } from "../../../pwa/client/account/calls.ts";
import { changeRoll, learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { joinHere } from "../../../pwa/client/account/join-here.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { phonesIn } from "../../../pwa/client/account/phones.ts";
import { keepRoll, keysHere, openHere } from "../../../pwa/client/account/roll-here.ts";
import { signOutPhone } from "../../../pwa/client/account/sign-out-phone.ts";
import { makeRecordId } from "../../../pwa/client/replica/ids.ts";
import type { OpenVault } from "../../../pwa/client/vault/open-vault.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import type { Context } from "../sync/devices.ts";
import { Signed, saysYes } from "./signed-phone.ts";

const host = "cairn.example";

/** One phone goes on, and the other was signed out; what that one had open, and a site that is on its side. */
async function parted(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const other = await Signed.in(context, site, code);
  await other.shows();
  const had = await vaultOf(other);
  const [, away] = await phonesIn(await one.browser.calls.phones(), await learnRoll(one.changing), await keysHere(one.diary), null);
  assert.ok(away);
  await signOutPhone(one.changing, away);
  await one.writes("after");
  await one.sync.now();
  await one.sync.stop();
  return { one, code, forged: await rooted(had) };
}

async function vaultOf(one: Signed): Promise<OpenVault> {
  const { known } = await one.note();
  return openHere(one.diary, { known, entries: await one.browser.calls.roll(""), opener: null });
}

/** The vault with a first entry of its own, in which the code's slot stands as it was. */
function rooted(vault: OpenVault) {
  return turnVault({ ...vault, known: { ...vault.known, ids: [], record: makeRecordId(randomBytes) } });
}

function showing({ browser }: Signed, { entry }: Awaited<ReturnType<typeof turnVault>>): Calls {
  return { ...browser.calls, roll: async () => [entry] };
}

test("shown the code, a phone refuses it, knows what it knew and writes under the same key", async (context) => {
  const { one, code, forged } = await parted(context);
  const [before, key] = [await one.note(), one.diary.inside.keys.keyId];
  const account = new Account({ diary: one.diary, calls: showing(one, forged), host });
  await assert.rejects(account.show({ kind: "code", text: code }, "sign-in"), { name: "RollRefused", code: "roll-forked" });
  assert.deepEqual(await one.note(), before);
  await one.writes("for no one else");
  assert.equal((await one.keysUsed()).at(-1), key);
  assert.notEqual(key, forged.vault.key.id);
});

test("without a note it refuses it as well, and is signed out again", async (context) => {
  const { one, code, forged } = await parted(context);
  await keepNote(one.diary, null);
  const key = one.diary.inside.keys.keyId;
  const bringing = { diary: one.diary, calls: showing(one, forged), host };
  await assert.rejects(joinHere({ kind: "code", text: code }, { ...bringing, mayJoin: saysYes }), {
    name: "RollRefused",
    code: "roll-forked",
  });
  assert.equal(await readNote(one.diary), null);
  await one.writes("for no one else");
  assert.equal((await one.keysUsed()).at(-1), key);
});

test("a key that goes by the id of the current one, and is another, is not taken for it", async (context) => {
  const { one, code, forged } = await parted(context);
  const { key } = await vaultOf(one);
  const named = await rooted({ ...forged.vault, older: [...forged.vault.older, { ...key, bytes: randomBytes(32) }] });
  await keepNote(one.diary, null);
  const bringing = { diary: one.diary, calls: showing(one, named), host };
  await assert.rejects(joinHere({ kind: "code", text: code }, { ...bringing, mayJoin: saysYes }), {
    name: "RollRefused",
    code: "roll-forked",
  });
});

test("another key under the id of one that is here is kept nowhere, whether the vault has turned or not", async (context) => {
  const { one } = await Signed.up(context);
  for (const turns of [false, true]) {
    if (turns) await changeRoll(one.changing, { make: turnVault });
    const [vault, note, rows] = [await vaultOf(one), await one.note(), (await one.phone.rows()).vault];
    const { vault: turned } = await turnVault({ ...vault, key: { ...vault.key, bytes: randomBytes(32) } });
    await assert.rejects(keepRoll(one.diary, note, turned), { name: "RollRefused", code: "roll-forged" });
    assert.deepEqual((await one.phone.rows()).vault, rows);
  }
});

test("an account made anew by a phone that has the current key is taken up, however it turned since", async (context) => {
  const { one, code } = await parted(context);
  const anew = await rooted(await vaultOf(one));
  const account = new Account({ diary: one.diary, calls: showing(one, anew), host });
  await account.show({ kind: "code", text: code }, "sign-in");
  assert.deepEqual((await one.note()).known.ids, [anew.entry.id]);
  assert.equal(one.diary.inside.keys.keyId, anew.vault.key.id);
});
