/** A server that shows each phone a past of its own, under a generation of its own; and honest servers, which look like none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { type Context, change, type Device, forksToldOn, Home, notes, syncAll } from "./devices.ts";
import { MemoryServer, type Sent } from "./memory-server.ts";

/** Carry what is new to the other server, but for what it hides of these records. */
function carry(from: MemoryServer, to: MemoryServer, hides: ReadonlySet<string>): void {
  const there = new Set(to.rows.map(({ id }) => id));
  for (const { isRoll, record, id, header, blob } of from.rows) {
    if (!isRoll && !there.has(id) && !hides.has(record)) to.take({ id, header, blob: blob ?? "" });
  }
}

/** Two phones of one vault, each on a server of its own. */
async function apart(context: Context): Promise<{ home: Home; fork: MemoryServer; one: Device; other: Device }> {
  const home = await Home.make(context);
  const one = await home.device();
  const fork = new MemoryServer(home.vault.space);
  fork.take(home.server.rows[0] as unknown as Sent);
  const other = await home.start(await home.phone(), (address, init) => fork.fetch(address, init));
  await other.sync.now();
  return { home, fork, one, other };
}

test("two phones with a generation each are told once one has built upon what the other wrote", async (context) => {
  const { home, fork, one, other } = await apart(context);
  const goal = await one.diary.create(checkIn, { note: "goal" });
  const plan = await one.diary.create(checkIn, { note: "plan: two tablets" });
  await one.sync.now();
  carry(home.server, fork, new Set());
  await other.sync.now();
  const hides = new Set([plan]);
  await change(one.diary, plan, "plan: NONE, the doctor stopped them");
  await one.sync.now();
  await other.diary.create(checkIn, { note: "of its own" });
  await other.sync.now();
  carry(fork, home.server, hides);
  await one.sync.now();
  assert.equal(one.sync.notice.value, null, "nothing tells it yet");
  await change(other.diary, goal, "goal, reached");
  await other.sync.now();
  carry(fork, home.server, hides);
  await one.sync.now();
  assert.equal(one.sync.notice.value, "forked");
  await one.sync.understood();
  await change(other.diary, goal, "goal, reached twice");
  await other.sync.now();
  carry(fork, home.server, hides);
  await one.sync.now();
  assert.equal(one.sync.notice.value, null, "it is told once");
  assert.equal(notes(one.diary).includes("goal, reached twice"), true);
});

test("one phone was told that the server was put back, the other is kept in the generation before", async (context) => {
  const { home, fork, one, other } = await apart(context);
  other.world.fetch = (address, init) => home.server.fetch(address, init);
  await syncAll(one, other);
  await one.sync.understood();
  await other.sync.understood();
  fork.rows = home.server.rows.map((row) => ({ ...row }));
  fork.generation = home.server.generation;
  other.world.fetch = (address, init) => fork.fetch(address, init);
  home.server.generation = "A".repeat(22);
  await one.sync.now();
  assert.equal(one.sync.notice.value, "put-back");
  const id = await one.diary.create(checkIn, { note: "in the new generation" });
  await one.sync.now();
  carry(home.server, fork, new Set());
  await other.sync.now();
  await change(other.diary, id, "upon it, in the old one");
  await other.sync.now();
  carry(fork, home.server, new Set());
  await one.sync.now();
  assert.equal(one.sync.notice.value, "forked");
});

test("a server that was put back while one phone was away for long, and what that brings, tell of no fork", async (context) => {
  const home = await Home.make(context);
  const [one, away] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "common" });
  await syncAll(one, away);
  for (let generation = 0; generation < 3; generation++) {
    const putBack = home.server.backup();
    await change(one.diary, id, `lost ${generation}`);
    await one.sync.now();
    await change(away.diary, id, `away ${generation}`);
    putBack();
    await one.sync.now();
    await change(one.diary, id, `kept ${generation}`);
    await one.sync.now();
  }
  // What waits on the phone that was away goes first, and says what was seen there years ago.
  await syncAll(away, one);
  await change(away.diary, id, "upon all of it");
  await syncAll(away, one);
  for (const { phone } of [one, away]) assert.deepEqual(await forksToldOn({ phone }), []);
});

test("what is written while the log of another server is being read says nothing of the server before", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "common" });
  await syncAll(one, other);
  home.server.generation = "A".repeat(22);
  await one.sync.now();
  await change(one.diary, id, "in the new generation");
  await one.sync.now();
  // The other finds that the server is another one, and has read all of its log but the last page.
  home.server.mostRows = 1;
  let pages = -1;
  const last = home.server.rows.length;
  home.addRollEntry();
  other.world.fetch = (address, init) => {
    if (address.includes("after=") && ++pages > last) return Promise.reject(new TypeError("cut"));
    return home.server.fetch(address, init);
  };
  await other.sync.now();
  assert.deepEqual(notes(other.diary), ["in the new generation"]);
  await change(other.diary, id, "upon it");
  other.world.fetch = (address, init) => home.server.fetch(address, init);
  await syncAll(other, one);
  assert.deepEqual(await forksToldOn(one), []);
  assert.deepEqual(notes(one.diary), ["upon it"]);
});

test("a tab that slept meanwhile says nothing of the server before", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "common" });
  await syncAll(one, other);
  const asleep = await other.phone.open();
  await asleep.whole();
  await asleep.create(checkIn, { note: "says what was seen of the server so far" });
  await syncAll(other, one);
  other.phone.setDeaf(asleep, true);
  home.server.generation = "A".repeat(22);
  await one.sync.now();
  await change(one.diary, id, "in the new generation");
  await syncAll(one, other);
  await change(asleep, id, "from the tab that slept");
  await syncAll(other, one);
  assert.deepEqual(await forksToldOn(one), []);
  assert.equal(notes(one.diary).length, 3);
});
