/** The line is cut at every request, before the server took it and after; the database fails at every step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { type Fault, KINDS_OF_FAULTS, plan } from "../store/faults.ts";
import { apart } from "../store/phone.ts";
import { assertSame, type Context, change, type Device, type Fetch, Home, notes, syncAll } from "./devices.ts";

/** Lines that are cut at this request, and from there on: before the server hears of it, or before its answer comes. */
function cutAt(home: Home, at: number, when: "before" | "after"): { readonly fetch: Fetch; readonly isMet: () => boolean } {
  let count = 0;
  const fetch: Fetch = async (address, init) => {
    count++;
    if (count > at || (count === at && when === "before")) throw new TypeError("cut");
    const answer = await home.server.fetch(address, init);
    if (count === at) throw new TypeError("cut");
    return answer;
  };
  return { fetch, isMet: () => count >= at };
}

/** Two phones, one with something to send and something to fetch; the server gives two rows a page. */
async function grownApart(context: Context): Promise<{ home: Home; one: Device; other: Device }> {
  const home = await Home.make(context);
  home.server.mostRows = 2;
  const [one, other] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "common" });
  await syncAll(one, other);
  for (const { world } of [one, other]) world.fetch = () => Promise.reject(new TypeError("cut"));
  await change(one.diary, id, "on one");
  await change(other.diary, id, "on the other");
  for (let i = 0; i < 3; i++) {
    await one.diary.create(checkIn, { note: `one ${i}` });
    await other.diary.create(checkIn, { note: `other ${i}` });
  }
  await syncAll(one, other);
  other.world.fetch = (address, init) => home.server.fetch(address, init);
  await other.sync.now();
  return { home, one, other };
}

const ALL = ["on one", "on the other", "one 0", "one 1", "one 2", "other 0", "other 1", "other 2"];

async function checkAll(home: Home, ...devices: readonly Device[]): Promise<void> {
  for (const { world } of devices) world.fetch = (address, init) => home.server.fetch(address, init);
  await syncAll(...devices);
  assertSame(...devices);
  for (const { diary } of devices) assert.deepEqual(notes(diary), ALL);
  assert.equal(new Set(home.server.rows.map(({ id }) => id)).size, home.server.rows.length);
}

for (const when of ["before", "after"] as const) {
  test(`the line cut at every request, ${when} the server took it`, async (context) => {
    let at = 0;
    for (let isMet = true; isMet; ) isMet = await apart((ends) => syncCut(ends, ++at, when));
    context.diagnostic(`${at - 1} requests`);
  });

  test(`a first sync cut at every request, ${when} the server took it, goes on in a tab that is opened anew`, async (context) => {
    let at = 0;
    for (let isMet = true; isMet; ) isMet = await apart((ends) => firstSyncCut(ends, ++at, when));
    context.diagnostic(`${at - 1} requests`);
  });
}

async function syncCut(context: Context, at: number, when: "before" | "after"): Promise<boolean> {
  const { home, one, other } = await grownApart(context);
  const line = cutAt(home, at, when);
  one.world.fetch = line.fetch;
  await one.sync.now();
  const isMet = line.isMet();
  if (isMet) assert.notEqual(one.sync.status.value.kind, "needs-you", "a bad line needs nobody");
  await checkAll(home, one, other);
  return isMet;
}

async function firstSyncCut(context: Context, at: number, when: "before" | "after"): Promise<boolean> {
  const { home, one, other } = await grownApart(context);
  await checkAll(home, one, other);
  const phone = await home.phone();
  const line = cutAt(home, at, when);
  const cut = await home.start(phone, line.fetch);
  await cut.sync.now();
  await cut.sync.stop();
  const before = notes(cut.diary).length;
  phone.close(cut.diary);
  const isMet = line.isMet();
  const asked = home.server.asked.length;
  const fresh = await home.start(phone);
  assert.equal(notes(fresh.diary).length, before, "what came is there");
  await fresh.sync.now();
  if (before > 0) assert.ok(!home.server.asked.slice(asked).includes("GET revisions?heads=1"), "it does not begin anew");
  await checkAll(home, one, other, fresh);
  return isMet;
}

for (const faults of KINDS_OF_FAULTS) {
  for (const isFirst of [false, true]) {
    test(`the database fails throughout a ${isFirst ? "first " : ""}sync: ${faults.join(", ")}`, async (context) => {
      let [at, isMet] = [1, true];
      // In steps that meet every fault in turn.
      for (; isMet; at += isFirst ? 5 : 3)
        isMet = await apart((ends) => syncFailing(ends, isFirst, faults[at % faults.length] ?? "full", at));
      context.diagnostic(`${at} steps`);
    });
  }
}

async function syncFailing(context: Context, isFirst: boolean, fault: Fault, at: number): Promise<boolean> {
  const { home, one, other } = await grownApart(context);
  if (isFirst) await checkAll(home, one, other);
  const device = isFirst ? await home.start(await home.phone(), () => Promise.reject(new TypeError("cut"))) : one;
  await device.sync.now();
  device.world.fetch = (address, init) => home.server.fetch(address, init);
  const planned = plan({ fault, at });
  await device.sync.now().finally(() => planned.end());
  await checkAll(home, device, one, other);
  return planned.isMet;
}
