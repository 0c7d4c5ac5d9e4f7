/** The vault turns while phones have it open, with the line cut anywhere: who is left opens everything, who was sent away nothing new. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeRoll, learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { phonesIn } from "../../../pwa/client/account/phones.ts";
import { devicePair, keysHere } from "../../../pwa/client/account/roll-here.ts";
import { show } from "../../../pwa/client/account/showing.ts";
import { signOutPhone } from "../../../pwa/client/account/sign-out-phone.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { until } from "../store/phone.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import type { Cut } from "./site.ts";

async function three(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const [other, third] = [await Signed.in(context, site, code), await Signed.in(context, site, code)];
  for (const each of [other, third]) assert.deepEqual(await each.shows(), ["before"]);
  const [, away] = await phones(one);
  assert.ok(away);
  return { site, one, other, third, code, away };
}

async function phones({ changing, browser, diary }: Signed) {
  return phonesIn(await browser.calls.phones(), await learnRoll(changing), await keysHere(diary), await devicePair(diary));
}

test("each phone that signs up or signs in has a slot of its own and a name, and asks for neither again", async (context) => {
  const { one, other } = await three(context);
  const listed = await phones(one);
  assert.deepEqual(
    listed.map(({ name, isThis, slots }) => [name, isThis, slots.length]),
    [
      ["A browser", true, 1],
      ["A browser", false, 1],
      ["A browser", false, 1],
    ],
  );
  const { asked } = other.browser;
  await other.introduces();
  assert.equal(other.browser.asked, asked + 1, "It asks who it is, and nothing more.");
  assert.equal((await phones(other)).filter(({ slots }) => slots.length === 1).length, 3);
});

test("a phone that is signed out gets nothing new, and the third learns the new key by itself", async (context) => {
  const { site, one, other, third, code, away } = await three(context);
  const [before] = await one.keysUsed();
  await signOutPhone(one.changing, away);
  await one.writes("after");
  await one.sync.now();
  assert.notEqual((await one.keysUsed()).at(-1), before);
  assert.deepEqual(await third.shows(), ["after", "before"]);
  await third.writes("from the third");
  assert.deepEqual(await third.shows(), ["after", "before", "from the third"]);
  assert.deepEqual(await one.shows(), ["after", "before", "from the third"]);
  assert.equal((await third.keysUsed()).at(-1), (await one.keysUsed()).at(-1));
  assert.equal((await one.note()).leaving, undefined);

  // Who was sent away keeps what it has, and what it writes.
  await other.writes("kept back");
  assert.deepEqual(await other.shows(), ["before", "kept back"]);
  assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: "signed-out", records: 1 });
  // Whatever the server shows it: its slot is gone, its key is an old one, and the older entries are no more.
  other.browser.session = one.browser.session;
  await other.sync.now();
  assert.deepEqual(other.notes, ["before", "kept back"]);
  assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: "turned", records: 0 });
  const entries = await one.browser.calls.roll("");
  const pair = await devicePair(other.diary);
  assert.ok(pair);
  const { known } = await other.note();
  await assert.rejects(openKnownRoll({ known, entries, opener: { kind: "device", pair } }), { code: "slot-not-here" });

  const fresh = await Signed.in(context, site, code);
  assert.deepEqual(await fresh.shows(), ["after", "before", "from the third", "kept back"]);
});

test("after a turn everything opens at once at the next start, without a request, drafts and snapshots too", async (context) => {
  const { one, away } = await three(context);
  const draft = await one.diary.draft("check-in");
  await draft.keep({ note: "begun" });
  const tab = await one.phone.open();
  await signOutPhone(one.changing, away);
  await one.writes("after");
  for (let i = 0; i < 60; i++) await one.writes(`more ${i}`);
  await one.diary.rest();
  // The other tab heard of it.
  const current = (await one.keysUsed()).at(-1);
  await until(async () => tab.inside.keys.keyId === current, "the other tab turned");
  await tab.create(checkIn, { note: "from the other tab" });
  assert.equal((await one.keysUsed()).at(-1), current);
  one.phone.close(tab);
  draft.release();
  const { asked } = one.browser;
  await one.reopens();
  assert.equal(one.browser.asked, asked);
  assert.equal(one.notes.length, 63);
  assert.ok(["after", "before", "from the other tab"].every((note) => one.notes.includes(note)));
  assert.equal(one.diary.inside.keys.keyId, current);
  assert.deepEqual((await one.diary.draft("check-in")).left, { note: "begun" });
});

test("a phone without a slot of its own is asked who it is, and goes on then", async (context) => {
  const { site, one, code, away } = await three(context);
  const without = await Signed.in(context, site, code, { isKnown: false });
  await without.shows();
  await signOutPhone(one.changing, away);
  await one.writes("after");
  await one.sync.now();
  await without.writes("from the one without");
  assert.deepEqual(await without.shows(), ["before", "from the one without"]);
  assert.equal((without.sync.status.value as { reason?: string }).reason, "turned");
  await assert.rejects(learnRoll(without.changing), { name: "RollRefused", code: "slot-wrong-key" });
  await learnRoll({ ...without.changing, opener: await without.proves(code) });
  assert.deepEqual(await without.shows(), ["after", "before", "from the one without"]);
  assert.deepEqual(without.sync.status.value, { kind: "backed-up" });
  await without.introduces();
  assert.notEqual((await without.note()).phone?.slot, null);
});

test("two phones turn at once: one does it anew on top of the other, and both open everything", async (context) => {
  const { one, third } = await three(context);
  one.browser.beforeEntry = async () => {
    one.browser.beforeEntry = () => Promise.resolve();
    await changeRoll(third.changing, { make: turnVault });
  };
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("one");
  await third.writes("third");
  await third.sync.now();
  assert.deepEqual(await one.shows(), ["before", "one", "third"]);
  assert.deepEqual(await third.shows(), ["before", "one", "third"]);
  assert.equal((await third.note()).known.ids.length, (await one.note()).known.ids.length);
});

test("where other phones are faster each time, it is given up, and nothing is sealed under a key that nobody has", async (context) => {
  const { one, third } = await three(context);
  one.browser.beforeEntry = () => changeRoll(third.changing, { make: turnVault });
  await assert.rejects(changeRoll(one.changing, { make: turnVault }), { code: "not-understood" });
  one.browser.beforeEntry = () => Promise.resolve();
  await one.writes("one");
  await one.sync.now();
  assert.deepEqual(await third.shows(), ["before", "one"]);
});

test("without a fresh proof nothing changes", async (context) => {
  const { one, away } = await three(context);
  assert.ok(one.browser.session);
  one.browser.session.proved = false;
  const { known } = await one.note();
  await assert.rejects(signOutPhone(one.changing, away), { code: "proof_needed" });
  assert.deepEqual((await one.note()).known, known);
  assert.deepEqual((await one.note()).leaving, { session: away.id, slots: away.slots }, "It is not said to be done.");
});

test("signing out is cut off at every request: done again, it comes to its end, and all others open everything", async (context) => {
  let isOver = false;
  for (let at = 1; !isOver; at++) {
    for (const when of ["before", "after"] satisfies Cut["when"][]) {
      const { site, one, other, third, code, away } = await three(context);
      one.browser.asked = 0;
      one.browser.cut = { at, when };
      isOver = await signOutPhone(one.changing, away).then(
        () => true,
        () => false,
      );
      one.browser.cut = null;
      if (isOver) break;
      assert.ok((await one.note()).leaving, `cut ${when} request ${at}: it is not said to be done`);
      await one.reopens();
      await one.writes("between");
      await one.sync.now();
      await signOutPhone(one.changing, null);
      await one.writes("after");
      assert.deepEqual(await one.shows(), ["after", "before", "between"]);
      assert.deepEqual(await third.shows(), ["after", "before", "between"]);
      assert.equal((await one.note()).leaving, undefined);
      assert.equal(site.sessions.has(away.id), false);
      const entries = await one.browser.calls.roll("");
      const pair = await devicePair(other.diary);
      assert.ok(pair);
      await assert.rejects(openKnownRoll({ known: (await other.note()).known, entries, opener: { kind: "device", pair } }), {
        code: "slot-not-here",
      });
      const opener = { kind: "code", code: await readRecoveryCode(code) } as const;
      const vault = await openFreshRoll({ space: one.diary.inside.keys.space, entries, opener });
      assert.ok(vault.older.length > 0);
      for (const each of [one, other, third]) await each.sync.stop();
    }
  }
});

test("the phone is cut off after the server's yes, before its own rows: it learns its own turn from its slot", async (context) => {
  const { one, third } = await three(context);
  const { known } = await one.note();
  await assert.rejects(
    changeRoll(one.changing, {
      make: turnVault,
      noted: () => {
        throw new Error("The battery is flat.");
      },
    }),
    { message: "The battery is flat." },
  );
  assert.deepEqual((await one.note()).known, known);
  await one.reopens();
  await one.writes("under the old key");
  assert.deepEqual(await one.shows(), ["before", "under the old key"]);
  await one.writes("under the new key");
  await one.sync.now();
  assert.deepEqual(await third.shows(), ["before", "under the new key", "under the old key"]);
  assert.equal((await one.keysUsed()).at(-1), third.diary.inside.keys.keyId);
});

test("a server that swaps two labels changes no name: what does not agree goes by its slot", async (context) => {
  const { site, one } = await three(context);
  const [, a, b] = [...site.sessions.values()];
  assert.ok(a && b);
  const [names, slots] = [(await phones(one)).map(({ name }) => name), (await phones(one)).map((phone) => phone.slots)];
  [a.label, b.label] = [b.label, a.label];
  const listed = await phones(one);
  assert.deepEqual(
    listed.map(({ name }) => name),
    names,
  );
  assert.deepEqual(
    listed.map((phone) => phone.slots),
    slots,
  );
});

test("a phone that was locked has no pair; once it opens by itself again it has a slot in the place of the one it had", async (context) => {
  const { one, third, code } = await three(context);
  const { phone } = await third.note();
  await third.phone.tamper("vault", "device-pair", undefined);
  await changeRoll(one.changing, { make: turnVault });
  await third.shows();
  assert.equal((third.sync.status.value as { reason?: string }).reason, "turned");
  await learnRoll({ ...third.changing, opener: await third.proves(code) });
  await third.introduces();
  const again = (await third.note()).phone;
  assert.equal(again?.session, phone?.session);
  assert.notEqual(again?.slot, phone?.slot);
  assert.equal((await learnRoll(one.changing)).filter(({ kind }) => kind === "device").length, 3);
  assert.equal((await phones(one)).filter(({ name }) => name === null).length, 0);
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after");
  await one.sync.now();
  assert.deepEqual(await third.shows(), ["after", "before"]);
});

test("a phone that signs in again has one slot, by its new session", async (context) => {
  const { one, third, code } = await three(context);
  const { phone } = await third.note();
  await show({ kind: "code", text: code }, { calls: third.browser.calls, host: "cairn.example", purpose: "sign-in" });
  await third.introduces();
  const again = (await third.note()).phone;
  assert.notEqual(again?.session, phone?.session);
  assert.notEqual(again?.slot, phone?.slot);
  const slots = await learnRoll(one.changing);
  assert.equal(slots.filter(({ kind }) => kind === "device").length, 3);
  assert.equal((await phones(one)).filter(({ name }) => name === null).length, 0);
});
