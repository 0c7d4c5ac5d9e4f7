/** When the engine goes, and when it waits: with one timer, and one tab at a time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { until } from "../store/phone.ts";
import { assertSame, type Device, type Fetch, Home, syncAll } from "./devices.ts";

const cut: Fetch = () => Promise.reject(new TypeError("cut"));

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

test("what nobody foresaw is tried again by itself, later each time, and at the next look", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const { sync, roll, world } = device;
  home.addRollEntry();
  roll.says = new TypeError("spoilt");
  await sync.now();
  const first = timerOf(device);
  first.work();
  await until(() => world.timers.size === 1, "it waits again");
  assert.ok(timerOf(device).milliseconds > first.milliseconds);
  roll.says = "taken";
  world.tell("visible");
  await until(() => sync.status.value.kind === "backed-up", "it is backed up");
  assert.equal(world.timers.size, 0);
});

test("asked again while a round fails, it goes at once, and one timer waits for the next", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const { diary, sync, world } = device;
  const held: (() => void)[] = [];
  world.fetch = () => new Promise((_resolve, reject) => held.push(() => reject(new TypeError("cut"))));
  await diary.create(checkIn, { note: "kept" });
  await until(() => held.length > 0, "it asks");
  const done = sync.now();
  let asked = 0;
  world.fetch = (...question) => {
    asked += 1;
    return cut(...question);
  };
  for (const cutOff of held) cutOff();
  await done;
  assert.ok(asked > 0);
  assert.ok(timerOf(device));
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

test("woken in vain it does not ask to be woken again, until it was online or looked at", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  let tried = 0;
  device.world.fetch = (address, init) => {
    tried += 1;
    return cut(address, init);
  };
  // A browser with a network and a server that is away: it wakes whoever asks at once.
  device.world.askToBeWoken = () => {
    device.world.asksToBeWoken += 1;
    setTimeout(() => device.world.tell("woken"));
  };
  const before = device.world.asksToBeWoken;
  await device.diary.create(checkIn, { note: "saved while it was away" });
  await until(() => tried > 1, "it tried, and once more when woken");
  await new Promise((resolve) => setTimeout(resolve, 100));
  const [afterwards, asked] = [tried, device.world.asksToBeWoken];
  assert.equal(asked - before, 1);
  device.world.tell("online");
  await until(() => tried > afterwards && device.world.asksToBeWoken > asked, "online, it tries, and asks anew");
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
