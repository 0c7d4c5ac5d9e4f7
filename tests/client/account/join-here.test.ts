/** Signing in on a phone whose sign-up nobody heard of: what that account came to since decides what becomes of it. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { bringHere } from "../../../pwa/client/account/bring-here.ts";
import { joinHere } from "../../../pwa/client/account/join-here.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { WITH_PASSKEY } from "../../../pwa/client/account/way.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { Phone } from "../store/phone.ts";
import { withPasskey } from "./passkey-of-tests.ts";
import { neverAsked, Signed, saysYes } from "./signed-phone.ts";
import { Browser, Site } from "./site.ts";

const host = "cairn.example";

/** Phone 1, whose sign-up with a passkey went through unheard; on phone 2 the same passkey opens the account, and it is used. */
async function unheard(context: TestContext): Promise<{ site: Site; phone: Phone; diary: Diary; browser: Browser; other: Signed }> {
  const site = new Site();
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "phone 1" });
  const browser = new Browser(site);
  browser.cut = { at: 2, when: "after" };
  await assert.rejects(new KeepSafe({ diary, calls: browser.calls, host }).withPasskey(), { code: "no-connection" });
  browser.cut = null;
  const [second, elsewhere] = [new Phone(context), new Browser(site)];
  const there = await second.open();
  await bringHere(WITH_PASSKEY, { diary: there, calls: elsewhere.calls, host, askForWords: neverAsked });
  const other = new Signed(context, second, elsewhere, there);
  await other.writes("phone 2");
  await other.sync.now();
  await other.sync.stop();
  return { site, phone, diary, browser, other };
}

test("whoever closes the passkey's question leaves the account as it is, and what is known of the sign-up", async (context) => {
  const passkey = withPasskey(context);
  const { site, diary, browser } = await unheard(context);
  const [rows, note] = [site.server?.rows.length, await readNote(diary)];
  passkey.isClosed = true;
  await assert.rejects(joinHere(WITH_PASSKEY, { diary, calls: browser.calls, host, mayJoin: saysYes }), { code: "passkey-declined" });
  assert.equal(site.server?.rows.length, rows);
  assert.deepEqual(await readNote(diary), note);
});

const neverAskedAgain = () => Promise.reject(new Error("It is the same diary."));

test("the account of this very diary is taken up with all that came into it since, and its code waits to be asked back", async (context) => {
  withPasskey(context);
  const { phone, diary, browser } = await unheard(context);
  const code = (await readNote(diary))?.code;
  assert.equal(await joinHere(WITH_PASSKEY, { diary, calls: browser.calls, host, mayJoin: neverAskedAgain }), "code-waiting");
  const note = await readNote(diary);
  assert.deepEqual([note?.state, note?.code, note?.opens], ["code-waiting", code, true]);
  phone.close(diary);
  const one = new Signed(context, phone, browser, await phone.open());
  assert.deepEqual(await one.shows(), ["phone 1", "phone 2"]);
});

test("whoever has that code typed it in: it waits for nobody", async (context) => {
  withPasskey(context);
  const { diary, browser } = await unheard(context);
  const text = (await readNote(diary))?.code ?? "";
  assert.equal(await joinHere({ kind: "code", text }, { diary, calls: browser.calls, host, mayJoin: neverAskedAgain }), "joined");
  assert.deepEqual([(await readNote(diary))?.state, (await readNote(diary))?.code], ["kept", null]);
});

test("where the diary goes into another, an account that is in use stays there", async (context) => {
  const passkey = withPasskey(context);
  const { site, phone, diary, browser, other } = await unheard(context);
  const lost = site.recovery;
  const { site: third, one, code } = await Signed.up(context);
  const elsewhere = new Browser(third);
  const calls: Browser["calls"] = {
    ...elsewhere.calls,
    signIn: (answer) => ("recovery" in answer && answer.recovery === lost ? browser : elsewhere).calls.signIn(answer),
    head: (space) => (space === diary.inside.keys.space ? browser : elsewhere).calls.head(space),
    deleteAccount: () => browser.calls.deleteAccount(),
  };
  const asked = passkey.asked;
  assert.equal(await joinHere({ kind: "code", text: code }, { diary, calls, host, mayJoin: saysYes }), "joined");
  assert.equal(passkey.asked, asked);
  assert.ok(site.server !== null, "Phone 2 goes on with it.");
  assert.deepEqual(await other.shows(), ["phone 2"]);
  assert.equal((await phone.open()).inside.keys.space, one.diary.inside.keys.space);
});

test("before a diary goes into another, who signs in is told how much is in that and since when; a no leaves both as they are", async (context) => {
  const { site, one, code } = await Signed.up(context);
  await one.writes("there");
  await one.writes("there, too");
  await one.sync.now();
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "somebody else's" });
  const unheard = new Browser(new Site());
  unheard.cut = { at: 2, when: "after" };
  await assert.rejects(new KeepSafe({ diary, calls: unheard.calls, host }).withCode(), { code: "no-connection" });
  const [note, sessions, rows] = [await readNote(diary), site.sessions.size, site.server?.rows.length];
  const told: unknown[] = [];
  const saysNo = async (there: unknown) => {
    told.push(there);
    return false;
  };
  const { calls } = new Browser(site);
  assert.equal(await joinHere({ kind: "code", text: code }, { diary, calls, host, mayJoin: saysNo }), "left");
  assert.deepEqual(told, [{ since: "2026-05-14", changes: 2 }]);
  assert.equal(site.sessions.size, sessions, "The session has ended.");
  assert.equal(site.server?.rows.length, rows);
  assert.deepEqual(await readNote(diary), note);
  assert.ok(unheard.site.server !== null);
  assert.notEqual((await phone.open()).inside.keys.space, one.diary.inside.keys.space);
});
