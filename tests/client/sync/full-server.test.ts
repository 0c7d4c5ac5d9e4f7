/** A server that is full: what it has counts as sent, what it has no room for waits, and all else is synced. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unsentRecords } from "../../../pwa/client/account/unsent.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { until } from "../store/phone.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";

const full = (records: number) => ({ kind: "needs-you", reason: "quota", records });

/** From now on there is no room for these. */
function noRoomFor({ server }: Home, isFor: (id: string) => boolean): () => void {
  const { take } = server;
  server.take = (sent) => (isFor(sent.id) ? { status: "rejected", code: "quota_reached" } : take.call(server, sent));
  return () => {
    server.take = take;
  };
}

test("what the server took behind something that it had no room for is not counted, and what others wrote comes", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await other.diary.create(checkIn, { note: "from elsewhere" });
  await other.sync.now();
  const first = new Set<string>();
  const thereIsRoom = noRoomFor(home, (id) => first.has(id) || (first.size === 0 && first.add(id).has(id)));
  one.world.fetch = () => Promise.reject(new TypeError("cut"));
  for (let i = 0; i < 5; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await one.sync.now();
  assert.deepEqual(one.sync.status.value, { kind: "waiting", records: 5 });
  one.world.fetch = (address, init) => home.server.fetch(address, init);
  for (let i = 0; i < 2; i++) {
    await one.sync.now();
    assert.deepEqual(one.sync.status.value, full(1));
    assert.equal((await unsentRecords(one.diary)).length, 1);
    assert.ok(notes(one.diary).includes("from elsewhere"));
  }
  await one.sync.stop();
  one.phone.close(one.diary);
  const again = await home.start(one.phone, () => Promise.reject(new TypeError("cut")), "hidden");
  await again.sync.now();
  assert.deepEqual(again.sync.status.value, full(1), "offline, and opened anew, too");
  thereIsRoom();
  again.world.fetch = (address, init) => home.server.fetch(address, init);
  await syncAll(again, other);
  assertSame(again, other);
});

test("a server that was put back and has no room for all counts what it lacks", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  for (let i = 0; i < 5; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await syncAll(one, other);
  home.server.empty();
  home.server.quota = 3;
  await one.sync.now();
  assert.deepEqual(one.sync.status.value, full(2));
  assert.equal((await unsentRecords(one.diary)).length, 2);
  home.server.quota = 100;
  await syncAll(one, other);
  assertSame(one, other);
  assert.equal(notes(one.diary).length, 5);
});

test("a server that was put back, has no room for all and keeps a head back is told as one that differs", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  for (let i = 0; i < 5; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await one.sync.now();
  home.server.empty();
  await other.diary.create(checkIn, { note: "kept back" });
  await other.sync.now();
  const hidden = home.server.rows.find(({ isRoll }) => !isRoll);
  assert.ok(hidden);
  const { blob } = hidden;
  hidden.blob = null;
  home.server.quota = 4;
  for (let i = 0; i < 2; i++) {
    await one.sync.now();
    assert.deepEqual(one.sync.status.value, { kind: "needs-you", reason: "server-differs", records: 3 });
  }
  hidden.blob = blob;
  await one.sync.now();
  assert.equal(notes(one.diary).length, 6);
  assert.equal((one.sync.status.value as { reason?: string }).reason, "quota");
  home.server.quota = 100;
  await syncAll(one, other);
  assertSame(one, other);
});

test("a record of which one version was refused and another waits is counted once", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const { take } = home.server;
  home.server.take = () => ({ status: "rejected", code: "malformed" });
  const id = await one.diary.create(checkIn, { note: "refused" });
  await one.sync.now();
  one.world.fetch = () => Promise.reject(new TypeError("cut"));
  await change(one.diary, id, "waits");
  await until(() => one.world.timers.size === 1, "it was tried");
  assert.deepEqual(one.sync.status.value, { kind: "needs-you", reason: "refused", records: 1 });
  home.server.take = take;
  one.world.fetch = (address, init) => home.server.fetch(address, init);
  await one.sync.now();
  assertSame(one, await home.device());
});
