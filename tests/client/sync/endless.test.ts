/** A server that never comes to an end: it answers never, drop by drop, or with pages upon pages. Nobody waits for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import { makeRecordId } from "../../../pwa/client/replica/ids.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { until } from "../store/phone.ts";
import { assertSame, type Device, type Fetch, Home } from "./devices.ts";
import { bytes, sha256 } from "./memory-server.ts";

const MINUTE = 60_000;

/** A fetch that heeds nobody. */
const never: Fetch = () => new Promise(() => undefined);

/** A body of which one byte came, and then nothing. */
const dripping: Fetch = async () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode("{")) }));

/** The timers that end a request, the shortest first. */
function patience({ world }: Device): readonly { readonly milliseconds: number; readonly work: () => void }[] {
  return [...world.timers].sort((one, other) => one.milliseconds - other.milliseconds);
}

for (const [what, fetch] of [
  ["never answers", never],
  ["stops in the middle of an answer", dripping],
] as const) {
  test(`stopping waits for no server that ${what}, and nothing is written afterwards`, async (context) => {
    const home = await Home.make(context);
    const device = await home.device();
    let asked = 0;
    device.world.fetch = (...question) => {
      asked += 1;
      return fetch(...question);
    };
    await device.diary.create(checkIn, { note: "kept" });
    await until(() => asked > 0, "it asks");
    await device.sync.stop();
    assert.equal(asked, 1);
    assert.equal(device.world.timers.size, 0, "no timer is left");
    device.world.fetch = (address, init) => home.server.fetch(address, init);
    const again = await home.start(device.phone);
    await again.sync.now();
    assertSame(again, await home.device());
  });

  test(`a server that ${what} is given up after a minute without a byte, and asked again later`, async (context) => {
    const home = await Home.make(context);
    const device = await home.device();
    const { world, diary, sync } = device;
    world.fetch = fetch;
    await diary.create(checkIn, { note: "kept" });
    await until(() => world.timers.size === 2, "it waits");
    const [idle, whole] = patience(device);
    assert.ok(idle !== undefined && idle.milliseconds >= MINUTE && idle.milliseconds < 2 * MINUTE);
    assert.ok(whole !== undefined && whole.milliseconds > idle.milliseconds);
    world.timers.delete(idle);
    idle.work();
    await until(() => world.timers.size === 1, "it waits for the next time");
    assert.deepEqual(sync.status.value, { kind: "waiting", records: 1 });
  });
}

test("what is long in sending has longer to be answered", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  const { world, diary } = device;
  world.fetch = (address, init) => (address.endsWith("/csrf") ? home.server.fetch(address, init) : never(address, init));
  world.isInFront = false;
  for (let i = 0; i < 30; i++) await diary.create(checkIn, { note: "long ".repeat(1_900) });
  await until(() => world.timers.size === 2, "it waits");
  await device.sync.stop();
  const again = await home.start(device.phone, world.fetch);
  await until(() => again.world.timers.size === 2, "it waits");
  assert.ok((patience(again)[0]?.milliseconds ?? 0) > 2 * MINUTE);
});

test("a tab that waits for another tab's round is stopped at once", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const other = await home.start(one.phone);
  await other.sync.now();
  let isAsked = false;
  one.world.fetch = (...question) => {
    isAsked = true;
    return never(...question);
  };
  await one.diary.create(checkIn, { note: "kept" });
  await until(() => isAsked, "it asks");
  void other.sync.now();
  await other.sync.stop();
  await one.sync.stop();
});

test("stopping does not wait for whoever keeps the keys", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  home.addRollEntry();
  device.roll.answer = () => new Promise(() => undefined);
  const entries = device.roll.given.length;
  void device.sync.now();
  await until(() => device.roll.given.length > entries, "the roll is shown");
  await device.sync.stop();
});

test("a roll without an end is read no further than any roll is long", async (context) => {
  const home = await Home.make(context);
  const { sync, world } = await home.device();
  home.addRollEntry();
  let pages = 0;
  let row: unknown;
  home.server.lie = (path, answer) => {
    if (!path.startsWith("roll")) return answer;
    row ??= (answer.revisions as readonly unknown[])[0];
    pages += 1;
    return { ...answer, revisions: [row], next: pages };
  };
  await sync.now();
  assert.deepEqual(sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
  assert.equal(pages, 10_001);
  assert.equal(world.timers.size, 1, "it is tried again later");
});

test("a log that grows with every page ends the round; what came stays", async (context) => {
  const home = await Home.make(context);
  const { space, key } = home.vault;
  const { sync, phone } = await home.device();
  let [seq, chain] = [1, sha256(sha256(bytes(space)), bytes(home.server.rows[0]?.id ?? ""))];
  const grown = () => {
    const record = makeRecordId(randomBytes);
    const header = encodeHeader({ format: 1, kind: "edit", owner: "vault", space, record, keyId: key.id, parents: [] });
    const id = sha256(header, sha256());
    chain = sha256(chain, id);
    seq += 1;
    const row = { seq, id: id.toString("base64url"), header: Buffer.from(header).toString("base64url") };
    return { ...row, blob_hash: sha256().toString("base64url") };
  };
  home.server.lie = (path, answer) => {
    if (!path.startsWith("revisions?after") || seq > 15_000) return answer;
    const revisions = Array.from({ length: 1_000 }, grown);
    return { ...answer, revisions, next: seq, at: seq, chain: chain.toString("base64url"), head: seq + 1 };
  };
  await sync.now();
  assert.ok(seq > 10_000 && seq < 15_000, `${seq} rows were taken`);
  assert.equal((await phone.rows()).revisions.length, seq - 1);
});

test("a log longer than any diary is none", async (context) => {
  const home = await Home.make(context);
  const { sync } = await home.device();
  home.server.lie = (path, answer) => (path.startsWith("revisions") ? { ...answer, head: 10_000_001 } : answer);
  await sync.now();
  assert.deepEqual(sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
});

for (const [what, answer] of [
  ["a proxy's own page", () => new Response("<html>", { status: 404 })],
  ["another program's answer", () => new Response('{"code":"account_deleted"}', { status: 404 })],
  ["a page that is gone", () => new Response("<html>", { status: 410 })],
] as const) {
  test(`${what} never says that the account is gone`, async (context) => {
    const home = await Home.make(context);
    const { sync, world, diary } = await home.device();
    world.fetch = async () => answer();
    await diary.create(checkIn, { note: "kept" });
    await sync.now();
    assert.deepEqual(sync.status.value, { kind: "waiting", records: 1 });
    assert.equal(world.timers.size, 1, "it is tried again later");
  });
}
