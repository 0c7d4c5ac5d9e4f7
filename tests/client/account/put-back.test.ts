/** A server is put back, and a new entry comes in the place of those that it lost: whoever shows the code goes on, with all keys. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeRoll } from "../../../pwa/client/account/change-roll.ts";
import { changeNote } from "../../../pwa/client/account/keep-note.ts";
import { bringKeysThere } from "../../../pwa/client/account/made-anew.ts";
import { keepRoll, openHere } from "../../../pwa/client/account/roll-here.ts";
import { toBase64url } from "../../../pwa/client/replica/ids.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { openFreshRoll } from "../../../pwa/client/vault/open-roll.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import type { Site } from "./site.ts";

test("a phone came and was lost with what it put into the roll, and a new one came first: both older ones go on", async (context) => {
  const { site, one, code } = await begun(context);
  const putBack = backup(site);
  const other = await Signed.in(context, site, code);
  await other.writes("from the other");
  assert.deepEqual(await other.shows(), ["before", "from the other"]);
  assert.deepEqual(await one.shows(), ["before", "from the other"]);
  putBack();
  const fresh = await Signed.in(context, site, code);
  await fresh.writes("from the new one");
  await fresh.sync.now();
  for (const each of [one, other]) {
    await isForked(each);
    await each.signsInAgain(code);
  }
  for (const each of [one, other, fresh]) await each.shows();
  await areAlike([one, other, fresh], ["before", "from the new one", "from the other"]);
  // The other's slot was lost as well.
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after");
  await one.sync.now();
  await areAlike([one, other, fresh], ["after", "before", "from the new one", "from the other"]);
});

test("two phones turned, and the turn of one was lost: what it wrote under the lost key reaches all, and a fresh phone too", async (context) => {
  const { site, one, other, code } = await lostTurn(context);
  await isForked(one);
  await one.writes("kept back");
  await one.signsInAgain(code);
  for (const each of [one, other]) await each.shows();
  const all = ["after the other's turn", "after the turn", "before", "kept back"];
  await areAlike([one, other], all);
  await one.writes("under one key");
  await one.sync.now();
  await other.shows();
  assert.equal(one.diary.inside.keys.keyId, other.diary.inside.keys.keyId);
  const fresh = await Signed.in(context, site, code);
  await areAlike([one, other, fresh], [...all, "under one key"]);
});

test("a third phone that knows the lost turn goes on by the code as well, and takes nothing away", async (context) => {
  const { site, one, other, third, code } = await lostTurn(context);
  await isForked(third);
  await one.signsInAgain(code);
  await isForked(third);
  const { length } = await one.browser.calls.roll("");
  await third.signsInAgain(code);
  assert.ok((await one.browser.calls.roll("")).length <= length + 1, "It makes itself known at most.");
  for (const each of [one, other, third]) await each.shows();
  const all = ["after the other's turn", "after the turn", "before"];
  await areAlike([one, other, third], all);
  const fresh = await Signed.in(context, site, code);
  await areAlike([fresh], all);
});

test("two phones that know the lost turn show the code at once: one of them turns, and the other takes that up", async (context) => {
  const { one, other, third, code } = await lostTurn(context);
  one.browser.beforeEntry = async () => {
    one.browser.beforeEntry = () => Promise.resolve();
    await third.signsInAgain(code);
  };
  await one.signsInAgain(code);
  for (const each of [one, other, third, one]) await each.shows();
  await areAlike([one, other, third], ["after the other's turn", "after the turn", "before"]);
  assert.equal(one.diary.inside.keys.keyId, third.diary.inside.keys.keyId);
});

test("it is cut off at every request: shown again, it comes to its end, and what was under way is still to be done", async (context) => {
  const leaving = { session: "session 9", slots: [] };
  let isOver = false;
  for (let at = 1; !isOver; at++) {
    for (const when of ["before", "after"] as const) {
      const { one, other, third, code } = await lostTurn(context);
      await changeNote(one.diary, (note) => ({ ...note, leaving }));
      one.browser.asked = 0;
      one.browser.cut = { at, when };
      isOver = await one.signsInAgain(code).then(
        () => true,
        () => false,
      );
      one.browser.cut = null;
      await one.reopens();
      await one.signsInAgain(code);
      assert.deepEqual((await one.note()).leaving, leaving);
      for (const each of [one, other]) await each.shows();
      await areAlike([one, other], ["after the other's turn", "after the turn", "before"]);
      for (const each of [one, other, third]) await each.sync.stop();
      if (isOver) break;
    }
  }
});

test("entries that were lost, and nothing in their place: shown the code, the phone keeps what it knows, and sends them", async (context) => {
  const { site, one, code } = await begun(context);
  const other = await Signed.in(context, site, code);
  await other.shows();
  await one.shows();
  const putBack = backup(site);
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after the turn");
  await one.sync.now();
  putBack();
  const { known } = await one.note();
  // It makes itself known once the backup has sent them.
  await assert.rejects(one.signsInAgain(code), { name: "RollRefused", code: "roll-behind" });
  assert.deepEqual((await one.note()).known, known);
  await one.sync.now();
  await one.introduces();
  await areAlike([one, other], ["after the turn", "before"]);
});

test("a key that is here and that the roll lacks stays, and all get it as soon as somebody shows the code", async (context) => {
  const { site, one, code } = await begun(context);
  const putBack = backup(site);
  await Signed.in(context, site, code);
  await one.shows();
  const lost = makeVaultKey(randomBytes);
  const [note, entries] = [await one.note(), await one.browser.calls.roll("")];
  const vault = await openHere(one.diary, { known: note.known, entries, opener: null });
  await keepRoll(one.diary, note, { ...vault, older: [lost, ...vault.older] });
  putBack();
  await Signed.in(context, site, code);
  await one.signsInAgain(code);
  await bringKeysThere(one.changing);
  const opener = { kind: "code", code: await readRecoveryCode(code) } as const;
  const { older } = await openFreshRoll({ space: note.known.space, entries: await one.browser.calls.roll(""), opener });
  assert.ok(older.some(({ id, bytes }) => id === lost.id && toBase64url(bytes) === toBase64url(lost.bytes)));
});

async function begun(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  return { site, one, code };
}

/** Three phones, of which one turned, as the third knows; that was lost, and the other turned in its place. */
async function lostTurn(context: Context) {
  const { site, one, code } = await begun(context);
  const [other, third] = [await Signed.in(context, site, code), await Signed.in(context, site, code)];
  for (const each of [one, other, third]) assert.deepEqual(await each.shows(), ["before"]);
  const putBack = backup(site);
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after the turn");
  await one.sync.now();
  assert.deepEqual(await third.shows(), ["after the turn", "before"]);
  putBack();
  await changeRoll(other.changing, { make: turnVault });
  await other.writes("after the other's turn");
  await other.sync.now();
  return { site, one, other, third, code };
}

function backup({ server }: Site): () => void {
  return server?.backup() ?? assert.fail("Nobody signed up.");
}

async function isForked(phone: Signed): Promise<void> {
  await phone.shows();
  const { kind, reason } = phone.sync.status.value as { readonly kind: string; readonly reason?: string };
  assert.deepEqual({ kind, reason }, { kind: "needs-you", reason: "roll-forked" });
}

async function areAlike(phones: readonly Signed[], notes: readonly string[]): Promise<void> {
  for (const each of phones) {
    assert.deepEqual(await each.shows(), notes);
    assert.deepEqual(each.sync.status.value, { kind: "backed-up" });
  }
}
