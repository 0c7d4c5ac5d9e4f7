/** A server that becomes another one in the middle of something: what a phone was given by one, the other gets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { assertSame, type Fetch, Home, notes, syncAll } from "./devices.ts";

test("what came in a first sync from a server that was emptied meanwhile is sent to the one in its place", async (context) => {
  const home = await Home.make(context);
  const lost = await home.device();
  for (let i = 0; i < 6; i++) await lost.diary.create(checkIn, { note: `note ${i}` });
  await lost.sync.now();
  await lost.sync.stop();
  home.server.mostRows = 2;
  let pages = 0;
  const emptying: Fetch = async (address, init) => {
    if (address.includes("heads=1") && ++pages === 3) {
      home.server.empty();
      home.addRollEntry("who signed up anew");
    }
    return home.server.fetch(address, init);
  };
  const device = await home.device(emptying);
  await device.sync.now();
  assert.equal(notes(device.diary).length, 4, "two pages came");
  assert.equal(device.sync.status.value.kind, "backed-up");
  const fresh = await home.device();
  assert.deepEqual(notes(fresh.diary), notes(device.diary));
  assertSame(device, fresh);
});

test("what a server lost again while its index was read is sent again", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  await device.diary.create(checkIn, { note: "kept" });
  await device.sync.now();
  home.server.empty();
  home.addRollEntry("who signed up anew");
  const putBack = home.server.backup();
  let hasLost = false;
  device.world.fetch = (address, init) => {
    // It was sent, and the file is copied back by hand before the index is read.
    if (!hasLost && address.includes("after=0") && address.includes("blobs=0")) {
      hasLost = true;
      putBack("by hand");
    }
    return home.server.fetch(address, init);
  };
  await device.sync.now();
  assert.ok(hasLost);
  await device.sync.now();
  assertSame(device, await home.device());
});

test("an entry of the roll that is lost, and here only as a stub, is told until a phone that has it comes; all else is synced", async (context) => {
  const home = await Home.make(context);
  const { server } = home;
  const first = await home.device();
  const putBack = server.backup();
  home.addRollEntry();
  home.addRollEntry();
  await first.sync.now();
  const roll = server.rows.filter((row) => row.isRoll).map((row) => row.id);
  // A slot was renewed: older entries are let go of.
  for (const row of server.rows) if (row.id !== roll.at(-1)) row.blob = null;
  const late = await home.device();
  putBack();
  await late.diary.create(checkIn, { note: "sent all the same" });
  await late.sync.now();
  assert.deepEqual(late.sync.status.value, { kind: "needs-you", reason: "roll-lost", records: 0 });
  assert.equal(server.rows.filter((row) => row.isRoll).length, 1);
  assert.equal(server.rows.filter((row) => !row.isRoll).length, 1);
  await late.sync.stop();
  const again = await home.start(late.phone, () => Promise.reject(new TypeError("cut")));
  await again.sync.now();
  assert.deepEqual(again.sync.status.value, { kind: "needs-you", reason: "roll-lost", records: 0 }, "also with no line");
  again.world.fetch = (address, init) => server.fetch(address, init);
  await syncAll(first, again);
  assert.deepEqual(
    server.rows.filter((row) => row.isRoll).map((row) => row.id),
    roll,
  );
  assertSame(first, again);
});
