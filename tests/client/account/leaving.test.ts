/** Phones that have a slot and no session, and one that takes its own slot with it as it signs itself out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeRoll, learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { leaveRoll } from "../../../pwa/client/account/leave-roll.ts";
import { type Phone, phonesIn } from "../../../pwa/client/account/phones.ts";
import { devicePair, keysHere } from "../../../pwa/client/account/roll-here.ts";
import { entryOf } from "../../../pwa/client/account/sent-entries.ts";
import { show } from "../../../pwa/client/account/showing.ts";
import { signOutPhone } from "../../../pwa/client/account/sign-out-phone.ts";
import { lockWith } from "../../../pwa/client/store/lock.ts";
import { slotsForWords } from "../../../pwa/client/store/words-door.ts";
import { openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import type { Cut } from "./site.ts";

async function two(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const other = await Signed.in(context, site, code);
  assert.deepEqual(await other.shows(), ["before"]);
  return { site, one, other, code };
}

async function listed({ changing, browser, diary }: Signed): Promise<readonly Phone[]> {
  return phonesIn(await browser.calls.phones(), await learnRoll(changing), await keysHere(diary), await devicePair(diary));
}

/** Whether the slot of a phone still opens the roll as it is now. */
async function opensIt(one: Signed, { diary }: Signed, { known }: Awaited<ReturnType<Signed["note"]>>): Promise<boolean> {
  const [entries, pair] = [(await one.browser.calls.roll("")).map(entryOf), await devicePair(diary)];
  assert.ok(pair);
  return openKnownRoll({ known, entries, opener: { kind: "device", pair } }).then(
    () => true,
    () => false,
  );
}

test("a phone whose session is over is listed by its slot, under its name, and can be signed out for good", async (context) => {
  const { site, one, other } = await two(context);
  const note = await other.note();
  site.sessions.delete(note.phone?.session ?? "");
  const [own, away, ...more] = await listed(one);
  assert.deepEqual([own?.isThis, own?.days === null, more], [true, false, []]);
  assert.deepEqual(away, { id: note.phone?.session, name: "A browser", slots: [note.phone?.slot], days: null, isThis: false });
  assert.equal(await opensIt(one, other, note), true);
  await signOutPhone(one.changing, away);
  assert.equal(await opensIt(one, other, note), false);
  assert.equal((await listed(one)).length, 1);
  assert.equal((await one.note()).leaving, undefined);
});

test("a slot that says nothing of itself is listed without a name, and can be removed", async (context) => {
  const { site, one, other } = await two(context);
  const note = await other.note();
  site.sessions.delete(note.phone?.session ?? "");
  const nameless = async ({ slots, ...vault }: Parameters<Parameters<typeof changeRoll>[1]["make"]>[0]) => {
    const content = { ...vault.content, slots: slots.map(({ label: _none, ...slot }) => slot) };
    return turnVault({ ...vault, content, slots: slots.map(({ label: _none, ...slot }) => slot) });
  };
  await changeRoll(one.changing, { make: nameless });
  const [, away] = await listed(one);
  assert.deepEqual([away?.id, away?.name, away?.days], [note.phone?.slot, null, null]);
  assert.ok(away);
  await signOutPhone(one.changing, away);
  assert.equal(await opensIt(one, other, note), false);
});

test("this phone's own slot is never listed beside it, though its session is a new one", async (context) => {
  const { one, code } = await two(context);
  await show({ kind: "code", text: code }, { calls: one.browser.calls, host: "cairn.example", purpose: "sign-in" });
  const own = (await listed(one)).filter(({ slots }) => slots.includes("") || slots.length > 0);
  assert.deepEqual(
    own.map(({ isThis }) => isThis),
    [false],
  );
});

test("whoever signs out just after showing who they are takes the slot along, and nobody else is asked for anything", async (context) => {
  const { site, one, other, code } = await two(context);
  const [note, key] = [await other.note(), one.diary.inside.keys.keyId];
  await leaveRoll(other.changing);
  assert.equal((await other.note()).phone, undefined);
  await other.browser.calls.signOutHere();
  assert.equal((await listed(one)).length, 1);
  assert.equal(await opensIt(one, other, note), false);
  assert.equal((await one.browser.calls.roll("")).filter((entry) => "blob" in entry).length, 1, "No older entry has it.");
  await one.writes("after");
  assert.deepEqual(await one.shows(), ["after", "before"]);
  assert.equal(one.diary.inside.keys.keyId, key, "Who leaves would know the next key: it is made by nobody.");
  assert.deepEqual(await (await Signed.in(context, site, code)).shows(), ["after", "before"]);
});

test("without a fresh proof nobody is asked for one: the slot stays, and is listed", async (context) => {
  const { one, other } = await two(context);
  const [note, entries] = [await other.note(), (await one.browser.calls.roll("")).length];
  assert.ok(other.browser.session);
  other.browser.session.proved = false;
  await leaveRoll(other.changing);
  assert.deepEqual(await other.note(), note);
  assert.equal((await one.browser.calls.roll("")).length, entries);
  await other.browser.calls.signOutHere();
  assert.deepEqual(
    (await listed(one)).map(({ days, isThis }) => [days === null, isThis]),
    [
      [false, true],
      [true, false],
    ],
  );
});

test("cut off at every request it leaves a phone that goes on as before, or is made known anew", async (context) => {
  let isOver = false;
  for (let at = 1; !isOver; at++) {
    for (const when of ["before", "after"] satisfies Cut["when"][]) {
      const { one, other } = await two(context);
      other.browser.asked = 0;
      other.browser.cut = { at, when };
      isOver = await leaveRoll(other.changing).then(
        () => true,
        () => false,
      );
      other.browser.cut = null;
      if (isOver) break;
      await other.reopens();
      await leaveRoll(other.changing);
      await other.introduces();
      await changeRoll(one.changing, { make: turnVault });
      await one.writes("after");
      await one.sync.now();
      assert.deepEqual(await other.shows(), ["after", "before"], `cut ${when} request ${at}`);
      assert.equal((await listed(one)).filter(({ name }) => name === "A browser").length, 2);
      for (const each of [one, other]) await each.sync.stop();
    }
  }
});

test("a phone that was locked and signs in again takes the slot away that it cannot use any more", async (context) => {
  const { one, other, code } = await two(context);
  const slotFor = await slotsForWords("five slow geese by the water");
  await lockWith(other.diary, { minutes: 15, slotFor, again: slotFor });
  await show({ kind: "code", text: code }, { calls: other.browser.calls, host: "cairn.example", purpose: "sign-in" });
  await other.introduces();
  assert.equal((await other.note()).phone?.slot, null);
  assert.deepEqual(
    (await listed(one)).map(({ slots, days }) => [slots.length, days === null]),
    [
      [1, false],
      [0, false],
    ],
  );
});
