/** Bringing a diary to a phone, where something comes in between: another tab, a flat battery, a sign-up that nobody heard of. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { bringHere } from "../../../pwa/client/account/bring-here.ts";
import type { Calls } from "../../../pwa/client/account/calls.ts";
import { changeRoll } from "../../../pwa/client/account/change-roll.ts";
import { joinHere } from "../../../pwa/client/account/join-here.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { Phone } from "../store/phone.ts";
import { neverAsked, Signed, saysYes } from "./signed-phone.ts";
import { Browser, Site } from "./site.ts";

const host = "cairn.example";

test("what opens the vault and what says that it is kept safe come together: a phone cut off right after has both", async (context) => {
  const { site, one, code } = await turned(context);
  const phone = new Phone(context);
  const diary = await phone.open();
  const begin = diary.begin.bind(diary);
  diary.begin = async (vault) => {
    await begin(vault);
    throw new Error("The battery is flat.");
  };
  const { calls } = new Browser(site);
  await assert.rejects(bringHere({ kind: "code", text: code }, { diary, calls, host, askForWords: neverAsked }), {
    message: "The battery is flat.",
  });
  phone.close(diary);
  const again = await phone.open();
  assert.equal((await readNote(again))?.state, "kept");
  assert.equal(again.inside.keys.keyId, one.diary.inside.keys.keyId);
  assert.deepEqual((await phone.rows()).vault.map(([key]) => key).sort(), ["device-key", "keys", "slot"]);
});

test("another tab has begun another diary meanwhile: that stays, no note is put into it, and the session ends", async (context) => {
  const { site, code } = await Signed.up(context);
  const phone = new Phone(context);
  const [diary, tab] = [await phone.open(), await phone.open()];
  const browser = new Browser(site);
  const calls: Calls = {
    ...browser.calls,
    roll: async (space) => {
      await tab.begin();
      await tab.create(checkIn, { note: "begun here" });
      return browser.calls.roll(space);
    },
  };
  await assert.rejects(bringHere({ kind: "code", text: code }, { diary, calls, host, askForWords: neverAsked }), {
    code: "another-account",
  });
  assert.equal(await readNote(diary), null);
  assert.equal(diary.inside.keys.space, tab.inside.keys.space);
  assert.equal(site.sessions.size, 1);
});

test("whoever signs in and cannot open the vault is signed out again", async (context) => {
  const { site, code } = await Signed.up(context);
  const diary = await new Phone(context).open();
  const { calls } = new Browser(site);
  const lying: Calls = {
    ...calls,
    roll: async (space) => (await calls.roll(space)).map((row) => ({ ...row, signature: new Uint8Array(64) })),
  };
  await assert.rejects(bringHere({ kind: "code", text: code }, { diary, calls: lying, host, askForWords: neverAsked }), {
    name: "RollRefused",
  });
  assert.equal(site.sessions.size, 1);
  assert.equal(diary.phase.value, "new");
});

test("a sign-up of this phone that nobody heard of is taken back before its diary joins another", async (context) => {
  const { site, one, code } = await Signed.up(context);
  await one.writes("there");
  await one.sync.now();
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "here" });
  const unheard = new Browser(new Site());
  unheard.cut = { at: 2, when: "after" };
  await assert.rejects(new KeepSafe({ diary, calls: unheard.calls, host }).withCode(), { code: "no-connection" });
  assert.equal((await readNote(diary))?.state, "signing-up");
  const lost = unheard.site.recovery;
  assert.ok(lost);
  const { calls } = new Browser(site);
  const both: Calls = {
    ...calls,
    signIn: (answer) => ("recovery" in answer && answer.recovery === lost ? unheard.calls : calls).signIn(answer),
    head: (space) => (space === diary.inside.keys.space ? unheard.calls : calls).head(space),
    deleteAccount: () => unheard.calls.deleteAccount(),
  };
  assert.equal(await joinHere({ kind: "code", text: code }, { diary, calls: both, host, mayJoin: saysYes }), "joined");
  assert.equal(unheard.site.server, null, "Nothing of it is left there.");
  const joined = await phone.open();
  assert.equal(joined.inside.keys.space, one.diary.inside.keys.space);
  assert.equal((await readNote(joined))?.state, "kept");
});

test("a note that was spoilt is as none: signing in on this phone heals it", async (context) => {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  await one.sync.stop();
  await one.phone.tamper("local", "account", new Uint8Array(80));
  assert.equal(await readNote(one.diary), null);
  await assert.rejects(new KeepSafe({ diary: one.diary, calls: new Browser(site).calls, host }).withCode(), { code: "space_taken" });
  assert.equal(
    await joinHere({ kind: "code", text: code }, { diary: one.diary, calls: one.browser.calls, host, mayJoin: saysYes }),
    "joined",
  );
  assert.equal((await one.note()).state, "kept");
  await one.reopens();
  assert.deepEqual(await one.shows(), ["before"]);
});

test("a diary that is kept safe anew after it turned opens whole on a fresh phone", async (context) => {
  const { site, one } = await turned(context);
  await one.sync.stop();
  await one.browser.calls.deleteAccount();
  await keepNote(one.diary, null);
  const anew = await new KeepSafe({ diary: one.diary, calls: one.browser.calls, host }).withCode();
  await keepNote(one.diary, { ...anew, state: "kept", code: null });
  await one.reopens();
  assert.deepEqual(await one.shows(), ["after", "before"]);
  const fresh = await Signed.in(context, site, anew.code ?? "");
  assert.deepEqual(await fresh.shows(), ["after", "before"]);
});

test("a diary that was begun here joins one that has turned: both open whole, on both phones", async (context) => {
  const { site, one, code } = await turned(context);
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "here" });
  const browser = new Browser(site);
  assert.equal(await joinHere({ kind: "code", text: code }, { diary, calls: browser.calls, host, mayJoin: saysYes }), "joined");
  phone.close(diary);
  const joined = new Signed(context, phone, browser, await phone.open());
  assert.deepEqual(await joined.shows(), ["after", "before", "here"]);
  assert.deepEqual(await one.shows(), ["after", "before", "here"]);
  await joined.reopens();
  assert.deepEqual(joined.notes, ["after", "before", "here"]);
});

/** A diary that was backed up, got a new key, and was backed up again. */
async function turned(context: TestContext) {
  const up = await Signed.up(context);
  await up.one.writes("before");
  await changeRoll(up.one.changing, { make: turnVault });
  await up.one.writes("after");
  await up.one.sync.now();
  return up;
}
