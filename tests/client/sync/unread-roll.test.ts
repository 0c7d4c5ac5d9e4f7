/** What a server has shown of the roll and keeps back: nothing is sent before it is read, and nothing is lost meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import type { SyncState } from "../../../pwa/client/store/sync-rows.ts";
import { assertSame, type Context, type Device, Home, notes, syncAll } from "./devices.ts";

type Answer = Record<string, unknown> & { readonly revisions: readonly { readonly id: string }[] };

const differs = (records: number) => ({ kind: "needs-you", reason: "server-differs", records });

/** Leave the last entry of the roll out of these answers; gives how to stop that. */
function hide({ server }: Home, isFrom: (path: string) => boolean): () => void {
  const hidden = server.rows.findLast(({ isRoll }) => isRoll)?.id;
  server.lie = (path, answer) =>
    isFrom(path) ? { ...answer, revisions: (answer as Answer).revisions.filter(({ id }) => id !== hidden) } : answer;
  return () => {
    server.lie = (_path, answer) => answer;
  };
}

const isRoll = (path: string): boolean => path.startsWith("roll");

async function two(context: Context): Promise<{ home: Home; one: Device; other: Device }> {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await one.diary.create(checkIn, { note: "before" });
  await syncAll(one, other);
  return { home, one, other };
}

/** Write and sync; nothing of it may come to the server, and all of it waits. */
async function keepsBack(home: Home, device: Device, note: string, records: number): Promise<void> {
  const { length } = home.server.rows;
  await device.diary.create(checkIn, { note });
  await device.sync.now();
  assert.equal(home.server.rows.length, length, "nothing is sent");
  assert.deepEqual(device.sync.status.value, differs(records));
}

async function reopened(home: Home, { phone, diary, sync }: Device): Promise<Device> {
  await sync.stop();
  phone.close(diary);
  return home.start(phone, undefined, "hidden");
}

test("while an entry that was shown is kept back, what is written waits, over a restart too, and goes by itself once it is there", async (context) => {
  const { home, one, other } = await two(context);
  home.addRollEntry();
  const stop = hide(home, isRoll);
  await other.sync.now();
  assert.deepEqual(other.sync.status.value, differs(0));
  await keepsBack(home, other, "first", 1);
  await keepsBack(home, other, "second", 2);
  const again = await reopened(home, other);
  await keepsBack(home, again, "third", 3);
  again.world.isInFront = true;
  await again.sync.now();
  stop();
  const [timer] = again.world.timers;
  assert.ok(timer, "it is tried again later");
  timer.work();
  await again.sync.now();
  assert.equal(again.roll.given.length, 2);
  await one.sync.now();
  assertSame(one, again);
  assert.deepEqual(notes(one.diary), ["before", "first", "second", "third"]);
});

for (const says of ["turned", "refused"] as const) {
  test(`while the roll is ${says}, what is written waits, and is sent once it is taken, after the roll was asked for`, async (context) => {
    const { home, one, other } = await two(context);
    home.addRollEntry();
    other.roll.says = says;
    await other.sync.now();
    const { length } = home.server.rows;
    await other.diary.create(checkIn, { note: "waits" });
    await other.sync.now();
    assert.equal(home.server.rows.length, length);
    assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: says === "turned" ? says : "roll-forked", records: 1 });
    other.roll.says = "taken";
    const asked = home.server.asked.length;
    await other.sync.now();
    assert.match(home.server.asked[asked] ?? "", /^GET roll/);
    await one.sync.now();
    assertSame(one, other);
    assert.deepEqual(notes(one.diary), ["before", "waits"]);
  });
}

test("an entry that is cut off before it is read is read before anything is sent", async (context) => {
  const { home, one, other } = await two(context);
  home.addRollEntry();
  other.world.fetch = (address, init) =>
    address.includes("/roll") ? Promise.reject(new TypeError("cut")) : home.server.fetch(address, init);
  await other.sync.now();
  const { length } = home.server.rows;
  await other.diary.create(checkIn, { note: "waits" });
  await other.sync.now();
  assert.equal(home.server.rows.length, length);
  assert.deepEqual(other.sync.status.value, { kind: "waiting", records: 1 }, "a bad line needs nobody");
  other.world.fetch = (address, init) => home.server.fetch(address, init);
  await syncAll(other, one);
  assertSame(one, other);
});

test("where nothing waits, a phone that is opened again does not say that all is backed up before the entry is read", async (context) => {
  const { home, other } = await two(context);
  home.addRollEntry();
  hide(home, isRoll);
  await other.sync.now();
  const again = await reopened(home, other);
  again.world.fetch = () => Promise.reject(new TypeError("cut"));
  await again.sync.now();
  assert.deepEqual(again.sync.status.value, { kind: "waiting", records: 0 });
});

for (const how of ["by cairn restore", "by hand"] as const) {
  test(`a server put back ${how} to before an entry that was shown and not read goes on without it, and that is told`, async (context) => {
    const { home, one, other } = await two(context);
    const putBack = home.server.backup();
    home.addRollEntry();
    const stop = hide(home, isRoll);
    await other.sync.now();
    await keepsBack(home, other, "waits", 1);
    stop();
    putBack(how);
    await syncAll(other, one);
    assert.equal(other.sync.notice.value, "put-back");
    assertSame(one, other);
    assert.deepEqual(notes(one.diary), ["before", "waits"]);
  });
}

test("a server that shows an entry, and another past in which the roll hides it too, is sent nothing", async (context) => {
  const { home, other } = await two(context);
  home.addRollEntry();
  hide(home, isRoll);
  await other.sync.now();
  home.server.generation = "A".repeat(22);
  await keepsBack(home, other, "waits", 1);
  await keepsBack(home, other, "waits too", 2);
});

test("a server that showed an entry, and then shows it nowhere, is told to be another one before anything is sent", async (context) => {
  const { home, other } = await two(context);
  const putBack = home.server.backup();
  home.addRollEntry();
  hide(home, isRoll);
  await other.sync.now();
  putBack("by hand");
  const told: boolean[] = [];
  const { take } = home.server;
  home.server.take = (sent) => {
    told.push(other.sync.notice.peek() === "put-back");
    return take.call(home.server, sent);
  };
  await other.diary.create(checkIn, { note: "waits" });
  await other.sync.now();
  assert.ok(told.length > 0 && told.every(Boolean));
});

/** As an app left it that went past an entry of the page: its id was seen there, and it is not here. */
async function passed(home: Home, device: Device): Promise<Device> {
  const { phone } = device;
  await device.sync.stop();
  const { roll, sync } = await phone.rows();
  const [key] = roll.at(-1) ?? [];
  assert.ok(key !== undefined);
  await phone.tamper("roll", key, undefined);
  const state = sync[0]?.[1] as SyncState;
  await phone.tamper("sync", "state", Object.fromEntries(Object.entries(state).filter(([name]) => name !== "unread")));
  phone.close(device.diary);
  return home.start(phone, undefined, "hidden");
}

test("an entry that an earlier app went past is asked for before anything is sent, and once it is there all goes on", async (context) => {
  const { home, one, other } = await two(context);
  home.addRollEntry();
  await syncAll(one, other);
  const again = await passed(home, other);
  const stop = hide(home, isRoll);
  await keepsBack(home, again, "waits", 1);
  await keepsBack(home, again, "waits too", 2);
  stop();
  await syncAll(again, one);
  assert.equal(again.roll.given.length, 2);
  assertSame(one, again);
});

for (const isHidden of [true, false]) {
  test(`such an entry, and a server put back to ${isHidden ? "after it, which hides it" : "before it"}`, async (context) => {
    const { home, other } = await two(context);
    const before = home.server.backup();
    home.addRollEntry();
    await other.sync.now();
    const again = await passed(home, other);
    if (isHidden) {
      hide(home, isRoll);
      home.server.backup()();
      await keepsBack(home, again, "waits", 1);
    } else {
      before();
      await again.diary.create(checkIn, { note: "waits" });
      await again.sync.now();
      assert.equal(again.sync.notice.value, "put-back");
      assertSame(again, await home.device());
    }
  });
}
