/** When the engine goes, when it waits, and what it says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import { assertSame, change, type Device, type Fetch, Home, notes, syncAll } from "./devices.ts";

const cut: Fetch = () => Promise.reject(new TypeError("cut"));

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assert.fail(`It never came to this: ${what}.`);
}

/** The only timer, which is taken. */
function timerOf({ world }: Device): { readonly milliseconds: number; readonly work: () => void } {
  const [timer, ...others] = world.timers;
  assert.ok(timer !== undefined && others.length === 0, "one timer waits");
  world.timers.delete(timer);
  return timer;
}

test("with a bad line it waits longer each time, and goes when the browser is online again", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  device.world.fetch = cut;
  await device.diary.create(checkIn, { note: "saved offline" });
  await device.sync.now();
  assert.deepEqual(device.sync.status.value, { kind: "waiting", records: 1 });
  const waits: number[] = [];
  for (let i = 0; i < 12; i++) {
    const { milliseconds, work } = timerOf(device);
    waits.push(milliseconds);
    work();
    await until(() => device.world.timers.size === 1, "it waits again");
  }
  assert.deepEqual(
    waits,
    [...waits].sort((one, other) => one - other),
  );
  assert.ok((waits[0] ?? 0) >= 5_000 && (waits.at(-1) ?? 0) <= 15 * 60_000);
  assert.ok(device.world.asksToBeWoken > 0);
  device.world.fetch = (address, init) => home.server.fetch(address, init);
  device.world.tell("online");
  await until(() => device.sync.status.value.kind === "backed-up", "it is backed up");
  assert.equal(device.world.timers.size, 0);
});

test("in the background no timer waits; looked at again, it goes", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  device.world.fetch = cut;
  await device.diary.create(checkIn, { note: "saved offline" });
  await device.sync.now();
  device.world.tell("hidden");
  assert.equal(device.world.timers.size, 0);
  await device.sync.now();
  assert.equal(device.world.timers.size, 0);
  device.world.fetch = (address, init) => home.server.fetch(address, init);
  device.world.tell("visible");
  await until(() => device.sync.status.value.kind === "backed-up", "it is backed up");
});

test("woken by the worker it sends, in the background too", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  device.world.fetch = cut;
  device.world.tell("hidden");
  await device.diary.create(checkIn, { note: "saved offline" });
  await device.sync.now();
  device.world.fetch = (address, init) => home.server.fetch(address, init);
  device.world.tell("woken");
  await until(() => device.sync.status.value.kind === "backed-up", "it is backed up");
});

test("a tab opened behind others asks for nothing until it is looked at", async (context) => {
  const home = await Home.make(context);
  const first = await home.device();
  const device = await home.start(first.phone, undefined, "hidden");
  const asked = home.server.asked.length;
  await until(() => device.sync.status.value.kind === "backed-up", "it says what it knows");
  assert.equal(home.server.asked.length, asked);
  device.world.tell("visible");
  await until(() => home.server.asked.length > asked, "it asks");
});

test("a busy server is asked again no sooner than it says", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  home.server.mood = "busy";
  device.world.fetch = async (address, init) => {
    const { status, body } = await home.server.fetch(address, init);
    return new Response(body, { status, headers: { "Retry-After": "120" } });
  };
  await device.sync.now();
  assert.equal(timerOf(device).milliseconds, 120_000);
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

for (const [cause, reason] of [
  [new TypeError("spoilt"), "server-differs"],
  [new DOMException("spoilt", "OperationError"), "server-differs"],
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

test("a sign-out elsewhere and a space of another account change nothing here", async (context) => {
  const [home, another] = [await Home.make(context), await Home.make(context)];
  const { diary, sync, world } = await home.device();
  await diary.create(checkIn, { note: "mine" });
  world.fetch = (address, init) => another.server.fetch(address, init);
  await sync.now();
  assert.deepEqual(sync.status.value, { kind: "needs-you", reason: "account-deleted", records: 1 });
  assert.equal(another.server.rows.length, 1);
});

test("one tab at a time syncs, and all say the same", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const other = await home.start(one.phone);
  await other.sync.now();
  let [now, most] = [0, 0];
  const counted: Fetch = async (address, init) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return home.server.fetch(address, init).finally(() => now--);
  };
  one.world.fetch = other.world.fetch = counted;
  for (let i = 0; i < 5; i++) await Promise.all([one, other].map(({ diary }) => diary.create(checkIn, { note: `note ${i}` })));
  await Promise.all([one.sync.now(), other.sync.now()]);
  assert.equal(most, 1);
  await until(() => [one, other].every(({ sync }) => sync.status.value.kind === "backed-up"), "both say so");
  assertSame(one, other);
  await syncAll(one, other);
});

test("stopped, it does nothing more", async (context) => {
  const home = await Home.make(context);
  const { diary, sync, world } = await home.device();
  await sync.stop();
  const asked = home.server.asked.length;
  await diary.create(checkIn, { note: "after" });
  world.tell("online");
  await sync.now();
  assert.equal(home.server.asked.length, asked);
});
