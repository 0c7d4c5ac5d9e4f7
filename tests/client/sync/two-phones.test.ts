/** Two and three phones over a sound server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { logged, remembered, until } from "../store/phone.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";

test("what one phone wrote before the account, the other shows", async (context) => {
  const home = await Home.make(context);
  const phone = await home.phone();
  const before = await phone.open();
  await before.create(checkIn, { note: "before the account" });
  phone.close(before);
  const one = await home.start(phone);
  await one.sync.now();
  const other = await home.device();
  assert.deepEqual(notes(other.diary), ["before the account"]);
  assertSame(one, other);
});

test("one note changed on both offline keeps both texts, until one of them is written anew", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "first" });
  await syncAll(one, other);
  one.world.fetch = other.world.fetch = () => Promise.reject(new TypeError("cut"));
  await change(one.diary, id, "on one");
  await change(other.diary, id, "on the other");
  await syncAll(one, other);
  assert.equal(one.sync.status.value.kind, "waiting");
  one.world.fetch = other.world.fetch = (address, init) => home.server.fetch(address, init);
  await syncAll(one, other);
  assertSame(one, other);
  assert.deepEqual(notes(one.diary), ["on one", "on the other"]);
  await change(other.diary, id, "both of it");
  await syncAll(one, other);
  assertSame(one, other);
  assert.deepEqual(notes(one.diary), ["both of it"]);
});

test("after a save it is sent without being asked, and nothing runs afterwards", async (context) => {
  const home = await Home.make(context);
  const { diary, sync, world } = await home.device();
  const before = home.server.asked.length;
  await diary.create(checkIn, { note: "saved" });
  await until(() => sync.status.value.kind === "backed-up" && home.server.rows.length === 2, "it is backed up");
  await sync.now();
  assert.ok(home.server.asked.length > before);
  const asked = home.server.asked.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(home.server.asked.length, asked);
  assert.equal(world.timers.size, 0);
});

test("what was pulled is there after closing, by the snapshot and by the log", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const ids = [];
  for (let i = 0; i < 60; i++) ids.push(await one.diary.create(checkIn, { note: `note ${i}` }));
  await syncAll(one, other);
  await other.diary.rest();
  for (const id of ids.slice(0, 5)) await change(one.diary, id, "changed");
  await syncAll(one, other);
  assertSame(one, other);
  const again = await other.phone.open();
  await again.whole();
  assert.deepEqual(remembered(again), remembered(one.diary));
  assert.deepEqual(await logged(again), remembered(again));
  await other.phone.forgetSnapshot();
  assert.deepEqual(remembered(await other.phone.open()), remembered(one.diary));
});

test("another tab shows at once what this tab pulled", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const tab = await other.phone.open();
  await one.diary.create(checkIn, { note: "from elsewhere" });
  await syncAll(one, other);
  await until(() => notes(tab).length > 0, "it is shown");
  assert.deepEqual(notes(tab), ["from elsewhere"]);
});

test("a phone that was away while the server let old content go shows what the others show", async (context) => {
  const home = await Home.make(context);
  const [one, away] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "two years ago" });
  await syncAll(one, away);
  for (const note of ["a year ago", "last month", "today"]) await change(one.diary, id, note);
  await one.sync.now();
  home.server.prune();
  const fresh = await home.device();
  await syncAll(away);
  assert.deepEqual(notes(away.diary), ["today"]);
  assertSame(one, away, fresh);
  await change(away.diary, id, "and now");
  await syncAll(away, one, fresh);
  assertSame(one, away, fresh);
});
