/** The line is cut at every request, before the server took it and after; the database fails at every step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { FAULTS, plan } from "../store/faults.ts";
import { assertSame, type Context, change, type Device, type Fetch, Home, notes, syncAll } from "./devices.ts";

const MOST = 400;

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
async function apart(context: Context): Promise<{ home: Home; one: Device; other: Device }> {
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
    for (let at = 1; at < MOST; at++) {
      const ends: (() => void)[] = [];
      const { home, one, other } = await apart({ after: (end) => ends.push(end) });
      const line = cutAt(home, at, when);
      one.world.fetch = line.fetch;
      await one.sync.now();
      const isMet = line.isMet();
      if (isMet) assert.equal(one.sync.status.value.kind === "needs-you", false, "a bad line needs nobody");
      await checkAll(home, one, other);
      for (const end of ends) end();
      if (!isMet) return context.diagnostic(`${at - 1} requests`);
    }
    assert.fail("it never came to an end");
  });

  test(`a first sync cut at every request, ${when} the server took it, goes on in a tab that is opened anew`, async (context) => {
    for (let at = 1; at < MOST; at++) {
      const ends: (() => void)[] = [];
      const { home, one, other } = await apart({ after: (end) => ends.push(end) });
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
      for (const end of ends) end();
      if (!isMet) return context.diagnostic(`${at - 1} requests`);
    }
    assert.fail("it never came to an end");
  });
}

for (const [what, isFirst] of [
  ["a sync", false],
  ["a first sync", true],
] as const) {
  test(`the database fails at every step of ${what}`, async (context) => {
    for (let at = 1; at < MOST; at++) {
      const ends: (() => void)[] = [];
      const { home, one, other } = await apart({ after: (end) => ends.push(end) });
      if (isFirst) await checkAll(home, one, other);
      const device = isFirst ? await home.start(await home.phone(), () => Promise.reject(new TypeError("cut"))) : one;
      await device.sync.now();
      device.world.fetch = (address, init) => home.server.fetch(address, init);
      const fault = FAULTS[at % FAULTS.length] ?? "full";
      const planned = plan({ fault, at });
      await device.sync.now();
      planned.end();
      await checkAll(home, device, one, other);
      for (const end of ends) end();
      if (!planned.isMet) return context.diagnostic(`${at - 1} steps`);
    }
    assert.fail("it never came to an end");
  });
}
