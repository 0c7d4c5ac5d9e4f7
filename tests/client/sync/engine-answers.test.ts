/** What the engine makes of what it is answered, and what it says of the backup then. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import { startSync } from "../../../pwa/client/sync/engine.ts";
import { dayOf, until } from "../store/phone.ts";
import { assertSame, change, Home, notes } from "./devices.ts";

test("a page in the place of the server is no answer: it waits, and needs nobody", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const page = { status: 200, headers: { "Content-Type": "text/html; charset=utf-8" } };
  device.world.fetch = () => Promise.resolve(new Response("<h1>Your room number?</h1>", page));
  await device.diary.create(checkIn, { note: "saved in a hotel" });
  await device.sync.now();
  assert.deepEqual(device.sync.status.value, { kind: "waiting", records: 1 });
  device.world.fetch = (address, init) => home.server.fetch(address, init);
  device.world.tell("visible");
  await until(() => device.sync.status.value.kind === "backed-up", "it is backed up");
});

test("a token that counts no more is fetched anew, once", async (context) => {
  const home = await Home.make(context);
  const { diary, sync, world } = await home.device();
  await diary.create(checkIn, { note: "first" });
  await sync.now();
  home.server.forgetTokens();
  const id = await diary.create(checkIn, { note: "second" });
  await sync.now();
  assert.equal(sync.status.value.kind, "backed-up");
  const asked = home.server.asked.length;
  world.clock += 3_600_000;
  await change(diary, id, "an hour later");
  await sync.now();
  assert.ok(home.server.asked.slice(asked).includes("GET csrf"), "an hour is too old");
});

for (const [mood, reason] of [
  ["signed-out", "signed-out"],
  ["deleted", "account-deleted"],
] as const) {
  test(`${reason}: it is said, nothing is asked again by itself, and everything stays`, async (context) => {
    const home = await Home.make(context);
    const { diary, sync, world } = await home.device();
    home.server.mood = mood;
    await diary.create(checkIn, { note: "kept" });
    await sync.now();
    assert.deepEqual(sync.status.value, { kind: "needs-you", reason, records: 1 });
    assert.equal(world.timers.size, 0);
    assert.deepEqual(notes(diary), ["kept"]);
    home.server.mood = "well";
    await sync.now();
    assert.equal(sync.status.value.kind, "backed-up");
  });
}

test("whoever signs in while a round is under way is backed up by the same question", async (context) => {
  const home = await Home.make(context);
  const { diary, sync, world } = await home.device();
  home.server.mood = "signed-out";
  let [refusals, last] = [0, Number.POSITIVE_INFINITY];
  const held: (() => void)[] = [];
  world.fetch = async (address, init) => {
    const answer = await home.server.fetch(address, init);
    if (answer.status === 401 && ++refusals === last) await new Promise<void>((resolve) => held.push(resolve));
    return answer;
  };
  await diary.create(checkIn, { note: "kept" });
  await sync.now();
  refusals = 0;
  await sync.now();
  // After so many refusals it gives up.
  [last, refusals] = [refusals, 0];
  void sync.now();
  await until(() => held.length > 0, "it is refused for the last time");
  home.server.mood = "well";
  const done = sync.now();
  for (const give of held) give();
  await done;
  assert.equal(sync.status.value.kind, "backed-up");
  assert.equal(world.timers.size, 0);
});

test("a sign-out elsewhere and a space of another account change nothing here", async (context) => {
  const [home, another] = [await Home.make(context), await Home.make(context)];
  const { diary, sync, world } = await home.device();
  await diary.create(checkIn, { note: "mine" });
  world.fetch = (address, init) => another.server.fetch(address, init);
  await sync.now();
  assert.deepEqual(sync.status.value, { kind: "needs-you", reason: "signed-out", records: 1 });
  assert.equal(another.server.rows.length, 1);
});

for (const [cause, reason] of [
  [new TypeError("spoilt"), "unforeseen"],
  [new DOMException("spoilt", "OperationError"), "unforeseen"],
  [new NewerFormat(2), "app-too-old"],
] as const) {
  test(`a round that ends with ${cause.name} is never taken for a backup`, async (context) => {
    const home = await Home.make(context);
    const { diary, sync, roll } = await home.device();
    home.addRollEntry();
    roll.says = cause;
    await sync.now();
    assert.deepEqual(sync.status.value, { kind: "needs-you", reason, records: 0 });
    assert.deepEqual(notes(diary), []);
    roll.says = "taken";
    await sync.now();
    assert.equal(sync.status.value.kind, "backed-up");
  });
}

test("a full server is told; what is saved then waits, and goes when there is room", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  home.server.quota = 3;
  for (let i = 0; i < 4; i++) await device.diary.create(checkIn, { note: `note ${i}` });
  await device.sync.now();
  assert.deepEqual(device.sync.status.value, { kind: "needs-you", reason: "quota", records: 2 });
  home.server.quota = 100;
  await device.sync.now();
  assertSame(device, await home.device());
});

test("what the server refuses is shown, holds nothing up, and is tried again when asked; a later version of it brings its words", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const { diary, sync } = device;
  const take = home.server.take.bind(home.server);
  let refused = "";
  home.server.take = (sent) => {
    if (refused === "") refused = sent.id;
    return sent.id === refused ? { status: "rejected", code: "malformed" } : take(sent);
  };
  const id = await diary.create(checkIn, { note: "refused" });
  await diary.create(checkIn, { note: "taken" });
  await sync.now();
  assert.deepEqual(sync.status.value, { kind: "needs-you", reason: "refused", records: 1 });
  assert.deepEqual(sync.outbox.value, [{ id: refused, code: "malformed" }]);
  await change(diary, id, "and then some");
  await sync.now();
  assert.deepEqual(sync.outbox.value, []);
  assertSame(device, await home.device());
});

test("what was refused stays so at a start, before older months are read", async (context) => {
  const home = await Home.make(context);
  const { phone, diary, world, sync } = await home.device();
  const take = home.server.take.bind(home.server);
  let refused = "";
  home.server.take = (sent) => {
    if (refused === "") refused = sent.id;
    return sent.id === refused ? { status: "rejected", code: "newer_format" } : take(sent);
  };
  for (let i = 0; i < 60; i++) await diary.create(checkIn, { note: `in January ${i}`, day: dayOf("2026-01-05") });
  await sync.now();
  await sync.stop();
  await diary.rest();
  phone.close(diary);
  const again = await phone.open();
  assert.equal(again.isWhole.value, false);
  const next = startSync({ diary: again, keys: { takeRoll: async () => "taken" }, world });
  context.after(() => void next.stop());
  await next.now();
  assert.deepEqual(next.status.value, { kind: "needs-you", reason: "refused", records: 1 });
  assert.deepEqual(next.outbox.value, [{ id: refused, code: "newer_format" }]);
});
