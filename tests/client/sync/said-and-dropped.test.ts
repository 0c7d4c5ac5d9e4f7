/** A server that says of a push that it is stored, and does not show it: nothing of that counts as backed up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unsentRecords } from "../../../pwa/client/account/unsent.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";

const DIFFERS = { kind: "needs-you", reason: "server-differs", records: 1 };

test("what the server said it stored and dropped is told at each round, waits, and is sent again", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  await one.diary.create(checkIn, { note: "there" });
  await one.sync.now();
  const { take } = home.server;
  home.server.take = () => ({ status: "stored" });
  await one.diary.create(checkIn, { note: "dropped" });
  for (let i = 0; i < 3; i++) {
    await one.sync.now();
    assert.deepEqual(one.sync.status.value, DIFFERS);
    assert.equal((await unsentRecords(one.diary)).length, 1);
  }
  await one.sync.stop();
  one.phone.close(one.diary);
  const again = await home.start(one.phone);
  await again.sync.now();
  assert.deepEqual(again.sync.status.value, DIFFERS);
  home.server.take = take;
  await again.sync.now();
  const other = await home.device();
  assertSame(again, other);
  assert.deepEqual(notes(other.diary), ["dropped", "there"]);
});

test("one of many that is dropped is found, also where the line is cut between push and pull", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const { take } = home.server;
  let taken = 0;
  home.server.take = (sent) => (++taken === 7 ? { status: "stored" } : take.call(home.server, sent));
  one.world.fetch = (address, init) =>
    init.method === "POST" || address.endsWith("/csrf") ? home.server.fetch(address, init) : Promise.reject(new TypeError("cut"));
  for (let i = 0; i < 30; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await one.sync.now();
  assert.deepEqual(one.sync.status.value, { kind: "waiting", records: 0 }, "nobody saw it there");
  one.world.fetch = (address, init) => home.server.fetch(address, init);
  await one.sync.now();
  assert.equal((one.sync.status.value as { reason?: string }).reason, "server-differs");
  await syncAll(one);
  const other = await home.device();
  assertSame(one, other);
  assert.equal(notes(other.diary).length, 30);
});

test("what is saved during a first sync is shown too before it counts", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  for (let i = 0; i < 5; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await one.sync.now();
  home.server.mostRows = 2;
  const phone = await home.phone();
  let isSaved = false;
  const fresh = await home.start(phone, async (address, init) => {
    if (address.includes("blobs=0") && !isSaved) {
      isSaved = true;
      await fresh.diary.create(checkIn, { note: "meanwhile" });
    }
    return home.server.fetch(address, init);
  });
  await fresh.sync.now();
  assert.deepEqual(fresh.sync.status.value, { kind: "backed-up" });
  await syncAll(one, fresh);
  assertSame(one, fresh);
});

test("what was refused, and is then said to be stored and dropped, waits and is sent again until it is shown", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const { take } = home.server;
  home.server.take = () => ({ status: "rejected", code: "newer_format" });
  await one.diary.create(checkIn, { note: "refused first" });
  await one.sync.now();
  let sent = 0;
  home.server.take = () => {
    sent += 1;
    return { status: "stored" };
  };
  for (let i = 1; i < 4; i++) {
    await one.sync.now();
    assert.deepEqual(one.sync.status.value, DIFFERS);
    assert.equal((await unsentRecords(one.diary)).length, 1);
    assert.equal(sent, i, "it is sent again at each round");
  }
  assert.deepEqual(one.sync.outbox.value, []);
  await one.sync.stop();
  one.phone.close(one.diary);
  const again = await home.start(one.phone, undefined, "hidden");
  home.server.take = take;
  await again.sync.now();
  assertSame(again, await home.device());
});

test("what was refused, and let go for a later version before the log was read to its end, is missed by nobody", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const { take } = home.server;
  let refused = "";
  home.server.take = (sent) => {
    if (refused === "") refused = sent.id;
    return sent.id === refused ? { status: "rejected", code: "malformed" } : take.call(home.server, sent);
  };
  one.world.fetch = (address, init) =>
    init.method === "POST" || address.endsWith("/csrf") ? home.server.fetch(address, init) : Promise.reject(new TypeError("cut"));
  const id = await one.diary.create(checkIn, { note: "refused" });
  await one.sync.now();
  await change(one.diary, id, "and then some");
  one.world.fetch = (address, init) => home.server.fetch(address, init);
  const said: unknown[] = [];
  const leave = one.sync.status.subscribe((status) => said.push("reason" in status ? status.reason : status.kind));
  await one.sync.now();
  await one.sync.now();
  leave();
  assert.ok(!said.includes("server-differs"), said.join());
  assertSame(one, await home.device());
});

for (const what of ["a note", "an entry of the roll"] as const) {
  test(`${what} that an emptied server says it took back and dropped is told at each round, and sent again`, async (context) => {
    const home = await Home.make(context);
    const one = await home.device();
    for (let i = 0; i < 5; i++) await one.diary.create(checkIn, { note: `note ${i}` });
    await one.sync.now();
    const dropped = what === "a note" ? home.server.rows.at(-2) : home.server.rows.find(({ isRoll }) => isRoll);
    const { take } = home.server;
    home.server.take = (sent) => (sent.id === dropped?.id ? { status: "stored" } : take.call(home.server, sent));
    home.server.empty();
    for (let i = 0; i < 3; i++) {
      await one.sync.now();
      assert.equal((one.sync.status.value as { reason?: string }).reason, "server-differs");
    }
    assert.equal((await unsentRecords(one.diary)).length, what === "a note" ? 1 : 0);
    home.server.take = take;
    await one.sync.now();
    const other = await home.device();
    assertSame(one, other);
    assert.equal(notes(other.diary).length, 5);
  });
}
