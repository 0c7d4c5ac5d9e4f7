/** What cannot be read here yet waits untouched; and what each revision says of the server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { parseBody, type Saw } from "../../../pwa/client/replica/body.ts";
import type { RevisionRow } from "../../../pwa/client/store/database.ts";
import type { SyncState } from "../../../pwa/client/store/sync-rows.ts";
import { openRevision } from "../../../pwa/client/vault/revision.ts";
import { logged, Phone, remembered, until } from "../store/phone.ts";
import { makeVault } from "../vault/vault-of-tests.ts";
import { assertSame, type Context, change, type Device, Home, notes, syncAll } from "./devices.ts";
import { addLaterFormat } from "./later-format.ts";

/** A phone that has the vault's next key, and knows the one before; and one that has only that. */
async function turned(
  context: Context,
): Promise<{ home: Home; before: Device; after: Device; next: Awaited<ReturnType<typeof makeVault>> }> {
  const home = await Home.make(context);
  const before = await home.device();
  const next = await makeVault({ space: home.vault.space });
  const phone = new Phone(context);
  const diary = await phone.begin({ vault: next });
  await diary.whole();
  phone.close(diary);
  const after = await home.start(phone);
  await after.diary.learnKeys([home.vault.keys]);
  await after.sync.now();
  return { home, before, after, next };
}

test("work under a key that is not here waits, is built upon by nobody, and is shown once the key is learnt", async (context) => {
  const { before, after, next } = await turned(context);
  const id = await before.diary.create(checkIn, { note: "under the old key" });
  await syncAll(before, after);
  assert.deepEqual(notes(after.diary), ["under the old key"], "the old key opens it");
  await change(after.diary, id, "under the new key");
  await syncAll(after, before);
  assert.deepEqual(notes(before.diary), ["under the old key"]);
  await change(before.diary, id, "beside it");
  await syncAll(before, after);
  assert.deepEqual(notes(after.diary), ["beside it", "under the new key"]);
  await before.diary.learnKeys([next.keys]);
  assert.deepEqual(notes(before.diary), ["beside it", "under the new key"]);
  assertSame(before, after);
  assert.deepEqual(remembered(before.diary), await logged(before.diary));
});

test("what waited in a snapshot is read when the key is learnt, and no log is read for a key that nothing waits for", async (context) => {
  const { before, after, next } = await turned(context);
  for (let i = 0; i < 60; i++) await before.diary.create(checkIn, { note: `old ${i}` });
  await after.diary.create(checkIn, { note: "under the new key" });
  await syncAll(before, after);
  await before.diary.rest();
  before.phone.close(before.diary);
  const again = await before.phone.open();
  await again.whole();
  assert.equal(notes(again).length, 60);
  const items = [...again.inside.records.items()];
  await again.learnKeys([(await makeVault({ space: next.space })).keys]);
  assert.deepEqual([...again.inside.records.items()], items);
  await again.learnKeys([next.keys]);
  assert.equal(notes(again).length, 61);
});

test("a revision of a later format waits, hides nothing, and it is said that the app is too old", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  await device.diary.create(checkIn, { note: "readable" });
  await device.sync.now();
  const id = addLaterFormat(home);
  await device.sync.now();
  assert.deepEqual(device.sync.status.value, { kind: "needs-you", reason: "app-too-old", records: 0 });
  assert.deepEqual(notes(device.diary), ["readable"]);
  assert.ok(
    (await device.phone.rows()).revisions.some(([, row]) => (row as { id: string }).id === id),
    "it is kept",
  );
  const again = await device.phone.open();
  await again.whole();
  assert.deepEqual(remembered(again), remembered(device.diary));
});

test("each revision says what its writer had verified of the server: nothing before the first sync, then the cursor", async (context) => {
  const home = await Home.make(context);
  const phone = await home.phone();
  const before = await phone.open();
  const first = await before.create(checkIn, { note: "before" });
  phone.close(before);
  const { diary, sync } = await home.start(phone);
  await sync.now();
  const then = home.server.rows.at(-1);
  const later = await diary.create(checkIn, { note: "later" });
  await sync.now();
  const tab = await phone.open();
  const state = { entries: [], writers: {} };
  await until(async () => {
    const { row } = await tab.inside.log.seal({ record: first, type: checkIn.name, state, parents: [] });
    return (await sawOf(home, row)) !== null;
  }, "it has read how far the server is known, just after it was opened");
  const now = home.server.rows.at(-1);
  const inTab = await tab.create(checkIn, { note: "in another tab" });
  assert.equal(await sawIn(home, phone, first), null);
  assert.deepEqual(await sawIn(home, phone, later), {
    generation: home.server.generation,
    seq: 2,
    chain: then?.chain.toString("base64url"),
  });
  assert.deepEqual(await sawIn(home, phone, inTab), {
    generation: home.server.generation,
    seq: 3,
    chain: now?.chain.toString("base64url"),
  });
});

test("while a first sync is not proved, what is written says that nothing was seen; then it says where the log stood", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  for (let i = 0; i < 4; i++) await one.diary.create(checkIn, { note: `note ${i}` });
  await one.sync.now();
  home.server.mostRows = 2;
  const late = await home.start(await home.phone(), (address, init) => {
    if (address.includes("blobs=0")) return Promise.reject(new TypeError("cut"));
    return home.server.fetch(address, init);
  });
  await late.sync.now();
  const stateOf = async (): Promise<SyncState> => (await late.phone.rows()).sync[0]?.[1] as SyncState;
  assert.equal((await stateOf()).saw, null);
  await one.diary.create(checkIn, { note: "meanwhile" });
  await one.sync.now();
  await late.sync.now();
  assert.deepEqual(notes(late.diary).length, 5, "what came meanwhile is here");
  assert.notEqual((await stateOf()).first, null);
  assert.equal((await stateOf()).saw, null);
  assert.equal(await sawIn(home, late.phone, await late.diary.create(checkIn, { note: "before the proof" })), null);
  late.world.fetch = (address, init) => home.server.fetch(address, init);
  await late.sync.now();
  const { saw, generation, at, first } = await stateOf();
  assert.equal(first, null);
  assert.deepEqual(saw, { generation, ...at });
  assert.deepEqual(await sawIn(home, late.phone, await late.diary.create(checkIn, { note: "after it" })), saw);
});

async function sawIn(home: Home, phone: Phone, record: string): Promise<Saw | null> {
  const rows = (await phone.rows()).revisions.map(([, row]) => row as RevisionRow);
  const row = rows.find((each) => each.record === record);
  assert.ok(row);
  return sawOf(home, row);
}

async function sawOf(home: Home, { id, header, blob = new Uint8Array() }: RevisionRow): Promise<Saw | null> {
  return parseBody(await openRevision({ keys: home.vault.keys, id, header, blob })).saw;
}
