/** A tab that lags behind, as one that the browser has frozen does, puts no old words in the place of newer ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import type { RecordId } from "../../../pwa/client/replica/ids.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { catchUp, dayOf, logged, Phone, remembered } from "./phone.ts";

const MONTH = "snapshot/month/2025-03";

async function writes(diary: Diary, wins: number): Promise<void> {
  for (let i = 0; i < wins; i++) await diary.create(win, { words: `win ${i}` });
}

async function changes(diary: Diary, id: RecordId, note: string): Promise<void> {
  const kept = diary.one(checkIn, id);
  assert.ok(kept);
  await diary.change(checkIn, kept, { note });
}

/** A snapshot, and a tab that has read more than it and no longer hears; then an old note changed, and a later snapshot. */
async function behind(phone: Phone): Promise<{ old: RecordId; lagging: Diary; before: unknown }> {
  const diary = await phone.begin();
  const old = await diary.create(checkIn, { day: dayOf("2025-03-03"), note: "as it was" });
  await writes(diary, 50);
  await diary.whole();
  await diary.rest();
  const before = await monthIn(phone);
  const lagging = await phone.open();
  await lagging.whole();
  await writes(lagging, 50);
  await catchUp(diary);
  phone.setDeaf(lagging, true);
  await changes(diary, old, "as it is");
  await diary.rest();
  phone.close(diary);
  return { old, lagging, before };
}

async function monthIn(phone: Phone): Promise<unknown> {
  const row = (await phone.rows()).local.find(([key]) => key === MONTH);
  assert.ok(row, "the month was to have a piece");
  return row[1];
}

/** Open the diary, and do something before its months are read. */
async function openAround(phone: Phone, meanwhile: () => Promise<unknown>): Promise<Diary> {
  const { requestIdleCallback } = globalThis;
  const waiting: (() => void)[] = [];
  globalThis.requestIdleCallback = (go) => waiting.push(() => go({ didTimeout: false, timeRemaining: () => 0 }));
  const diary = await phone.open();
  globalThis.requestIdleCallback = requestIdleCallback;
  assert.equal(diary.isWhole.value, false);
  await meanwhile();
  for (const go of waiting) go();
  await diary.whole();
  return diary;
}

test("it writes over no snapshot that is up to a later row, however often it is asked", async (context) => {
  const phone = new Phone(context);
  const { old, lagging } = await behind(phone);
  const later = (await phone.rows()).local;
  const diary = await openAround(phone, async () => {
    await lagging.rest();
    await lagging.rest();
  });
  assert.deepEqual((await phone.rows()).local, later);
  assert.equal(diary.one(checkIn, old)?.values.note, "as it is");
  assert.deepEqual(remembered(diary), await logged(diary));
});

test("once it has read on, it writes its own", async (context) => {
  const phone = new Phone(context);
  const { lagging } = await behind(phone);
  const later = (await phone.rows()).local;
  await lagging.rest();
  await writes(lagging, 50);
  await lagging.rest();
  assert.notDeepEqual((await phone.rows()).local, later);
  const diary = await phone.open();
  await diary.whole();
  assert.deepEqual(remembered(diary), await logged(diary));
});

test("a month that is not of the snapshot which was opened is not read, but the log", async (context) => {
  const phone = new Phone(context);
  const { old, before } = await behind(phone);
  const diary = await openAround(phone, () => phone.tamper("local", MONTH, before));
  assert.equal(diary.one(checkIn, old)?.values.note, "as it is");
  assert.deepEqual(remembered(diary), await logged(diary));
});
