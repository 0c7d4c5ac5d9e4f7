/** The place of a diary on the site is taken: it gets another, with all that is in it, and can be kept safe there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Calls } from "../../../pwa/client/account/calls.ts";
import { AccountFailure } from "../../../pwa/client/account/failures.ts";
import { joinHere } from "../../../pwa/client/account/join-here.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { takeNewPlace } from "../../../pwa/client/account/new-place.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { Phone } from "../store/phone.ts";
import { Signed, saysYes } from "./signed-phone.ts";
import { Browser, Site } from "./site.ts";

const host = "cairn.example";

test("nobody here opens the account that has its place: it moves into a fresh vault, is kept safe, and comes back whole", async (context) => {
  const { one } = await Signed.up(context);
  await one.writes("mine");
  await one.sync.stop();
  await keepNote(one.diary, null);
  const taken = one.diary.inside.keys.space;
  const thieves = new Browser(one.browser.site);
  const keepSafe = new KeepSafe({ diary: one.diary, calls: thieves.calls, host });
  await assert.rejects(keepSafe.withCode(), { code: "space_taken" });
  assert.equal(keepSafe.isTaken, true);
  await takeNewPlace({ diary: one.diary, calls: thieves.calls, host });
  one.phone.close(one.diary);
  const moved = await one.phone.open();
  assert.notEqual(moved.inside.keys.space, taken);
  assert.equal(await readNote(moved), null);
  const browser = new Browser(new Site());
  const { code, ...note } = await new KeepSafe({ diary: moved, calls: browser.calls, host }).withCode();
  await keepNote(moved, { ...note, state: "kept", code: null });
  const kept = new Signed(context, one.phone, browser, moved);
  await moved.whole();
  assert.deepEqual(await kept.shows(), ["mine"]);
  const other = await Signed.in(context, browser.site, code ?? "");
  assert.deepEqual(await other.shows(), ["mine"]);
});

test("two phones with the same diary, one of them moved: the other joins it, and nothing is doubled", async (context) => {
  const { site, one, code } = await Signed.up(context);
  await one.writes("on both");
  await one.sync.now();
  const two = await Signed.in(context, site, code);
  assert.deepEqual(await two.shows(), ["on both"]);
  for (const { diary, sync } of [one, two]) {
    await sync.stop();
    await keepNote(diary, null);
  }
  const browser = new Browser(new Site());
  await takeNewPlace({ diary: one.diary, calls: browser.calls, host });
  const moved = await one.phone.open();
  const note = await new KeepSafe({ diary: moved, calls: browser.calls, host }).withCode();
  await keepNote(moved, { ...note, state: "kept", code: null });
  const first = new Signed(context, one.phone, browser, moved);
  await first.sync.now();
  const elsewhere = new Browser(browser.site);
  const way = { kind: "code", text: note.code ?? "" } as const;
  assert.equal(await joinHere(way, { diary: two.diary, calls: elsewhere.calls, host, mayJoin: saysYes }), "joined");
  const second = new Signed(context, two.phone, elsewhere, await two.phone.open());
  assert.deepEqual(await second.shows(), ["on both"]);
  await moved.whole();
  assert.deepEqual(await first.shows(), ["on both"]);
});

test("the place was taken by this phone's own sign-up, sent twice: nothing of that is left there", async (context) => {
  const diary = await new Phone(context).begin();
  const browser = new Browser(new Site());
  const twice: Calls = {
    ...browser.calls,
    signUp: (body) => browser.calls.signUp(body).then(() => Promise.reject(new AccountFailure("space_taken"))),
  };
  await assert.rejects(new KeepSafe({ diary, calls: twice, host }).withCode(), { code: "space_taken" });
  await takeNewPlace({ diary, calls: browser.calls, host });
  assert.equal(browser.site.server, null);
});

test("without a connection a diary whose sign-up nobody heard of stays where it is", async (context) => {
  const diary = await new Phone(context).begin();
  const { space } = diary.inside.keys;
  await diary.create(checkIn, { note: "mine" });
  const browser = new Browser(new Site());
  browser.cut = { at: 2, when: "after" };
  await assert.rejects(new KeepSafe({ diary, calls: browser.calls, host }).withCode(), { code: "no-connection" });
  browser.cut = { at: 3, when: "before" };
  await assert.rejects(takeNewPlace({ diary, calls: browser.calls, host }), { code: "no-connection" });
  assert.equal((await readNote(diary))?.state, "signing-up");
  assert.equal(diary.inside.keys.space, space);
});

test("a diary that is kept safe is not moved", async (context) => {
  const { one } = await Signed.up(context);
  await assert.rejects(takeNewPlace({ ...one.changing, host }), { code: "another-account" });
});
