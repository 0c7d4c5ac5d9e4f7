/** The server is put back to an earlier day, emptied, or copied by hand: what the phones have comes back to it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { until } from "../store/phone.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";

for (const how of ["by cairn restore", "by hand"] as const) {
  test(`a server put back to an earlier day ${how} gets what it lost, and it is told once`, async (context) => {
    const home = await Home.make(context);
    const [one, other] = [await home.device(), await home.device()];
    const id = await one.diary.create(checkIn, { note: "before" });
    await syncAll(one, other);
    const putBack = home.server.backup();
    await change(one.diary, id, "after");
    await other.diary.create(checkIn, { note: "lost by the server" });
    await syncAll(one, other);
    const seen = home.server.rows.map((row) => row.id);
    putBack(how);
    await one.diary.create(checkIn, { note: "newer" });
    await syncAll(one, other);
    assertSame(one, other);
    assert.deepEqual(notes(one.diary), ["after", "lost by the server", "newer"]);
    assert.ok(
      seen.every((each) => home.server.rows.some((row) => row.id === each)),
      "heads and what stands below them are there again",
    );
    for (const { sync } of [one, other]) {
      // With the old generation it cannot be told from a server that shows two pasts.
      assert.match(sync.notice.value ?? "", how === "by hand" ? /^(put-back|forked)$/ : /^put-back$/);
      await sync.understood();
      await sync.now();
      assert.equal(sync.notice.value, null);
    }
    const asked = home.server.asked.length;
    await syncAll(one, other);
    assert.ok(home.server.asked.length - asked <= 4, "it goes on as before");
  });
}

test("an empty server in its place gets roll and diary; the roll needs a proof", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  for (let i = 0; i < 5; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await syncAll(one, other);
  const roll = home.server.rows.filter((row) => row.isRoll).map((row) => row.id);
  home.server.empty();
  home.server.isProved = false;
  await one.sync.now();
  assert.deepEqual(one.sync.status.value, { kind: "needs-you", reason: "proof-needed", records: 0 });
  home.server.isProved = true;
  await syncAll(one, other);
  assertSame(one, other);
  assert.deepEqual(
    home.server.rows.filter((row) => row.isRoll).map((row) => row.id),
    roll,
  );
  assert.equal(notes(other.diary).length, 5);
});

test("while a server that was put back is brought what it lost, nothing is asked of the person, and nothing counts as backed up", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const putBack = home.server.backup();
  home.addRollEntry();
  await device.diary.create(checkIn, { note: "kept" });
  await device.sync.now();
  putBack();
  const said: string[] = [];
  let isOther = false;
  const leave = device.sync.status.subscribe(({ kind }) => {
    if (isOther) said.push(kind);
  });
  device.world.fetch = async (address, init) => {
    const answer = await home.server.fetch(address, init);
    isOther = true;
    // What there is to show has time to be shown.
    await new Promise((resolve) => setTimeout(resolve, 5));
    return answer;
  };
  await device.sync.now();
  leave();
  assert.deepEqual([...new Set(said)], ["waiting", "backed-up"]);
});

test("what is not on the server stays on the phone, whatever it is asked", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  await one.diary.create(checkIn, { note: "mine" });
  await one.sync.now();
  home.server.empty();
  home.server.mood = "deleted";
  await one.sync.now();
  assert.deepEqual(one.sync.status.value, { kind: "needs-you", reason: "account-deleted", records: 0 });
  assert.deepEqual(notes(one.diary), ["mine"]);
  home.server.mood = "well";
  await one.sync.now();
  const fresh = await home.device();
  assertSame(one, fresh);
});

test("a phone that knew another past of the same generation is found by what its writer saw, and it is told once", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await one.diary.create(checkIn, { note: "common" });
  await syncAll(one, other);
  const putBack = home.server.backup();
  // One phone is shown a past of its own …
  const id = await one.diary.create(checkIn, { note: "in a past of its own" });
  await one.sync.now();
  const apart = home.server.backup();
  // … and the other another.
  putBack("by hand");
  await other.diary.create(checkIn, { note: "elsewhere" });
  await other.sync.now();
  const theirs = home.server.backup();
  apart("by hand");
  await change(one.diary, id, "written upon it");
  const revision = (await one.diary.inside.log.history(id)).at(-1);
  await one.sync.now();
  const carried = home.server.rows.find((row) => row.id === revision?.id);
  theirs("by hand");
  assert.ok(carried);
  home.server.take({ id: carried.id, header: carried.header, blob: carried.blob ?? "" });
  await other.sync.now();
  assert.equal(other.sync.notice.value, "forked");
  await other.sync.understood();
  await other.diary.create(checkIn, { note: "later" });
  await other.sync.now();
  assert.equal(other.sync.notice.value, null);
  assert.deepEqual(notes(other.diary), ["common", "elsewhere", "later", "written upon it"]);
});

test("an entry of the roll that a server lost is sent again; where the roll went on without it, it is not", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const putBack = home.server.backup();
  home.addRollEntry();
  await device.sync.now();
  const roll = home.server.rows.filter((row) => row.isRoll).map((row) => row.id);
  putBack();
  await device.sync.now();
  assert.deepEqual(
    home.server.rows.filter((row) => row.isRoll).map((row) => row.id),
    roll,
  );
  putBack();
  home.addRollEntry("on another phone");
  await device.sync.now();
  assert.deepEqual(device.sync.status.value, { kind: "backed-up" });
  const now = home.server.rows.filter((row) => row.isRoll).map((row) => row.id);
  assert.equal(now.length, 2);
  assert.notEqual(now[1], roll[1]);
  assert.deepEqual(
    device.roll.given.map(({ id }) => id),
    now,
  );
});

test("what is understood while a round is under way is not told again, waits for no answer, and disturbs nothing", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const { diary, sync, world } = device;
  const putBack = home.server.backup();
  await diary.create(checkIn, { note: "first" });
  await sync.now();
  putBack();
  await sync.now();
  assert.equal(sync.notice.value, "put-back");
  const held: (() => void)[] = [];
  world.fetch = async (address, init) => {
    await new Promise<void>((resolve) => held.push(resolve));
    return home.server.fetch(address, init);
  };
  await diary.create(checkIn, { note: "second" });
  await until(() => held.length > 0, "a round is under way");
  await sync.understood();
  assert.equal(sync.notice.value, null);
  world.fetch = (address, init) => home.server.fetch(address, init);
  for (const go of held) go();
  await sync.now();
  assert.equal(sync.notice.value, null);
  assert.equal(sync.status.value.kind, "backed-up");
  assert.equal(world.timers.size, 0, "the round was not refused");
  const again = await home.start(device.phone);
  await again.sync.now();
  assert.equal(again.sync.notice.value, null);
});
