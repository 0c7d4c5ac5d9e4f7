/**
 * Two tabs on one diary: each sees what the other writes, and neither pushes the other's words aside.
 *
 *   CAIRN_SEED=…  repeats a run
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import type { RecordId } from "../../../pwa/client/replica/ids.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { type Sealing, sealing } from "../../../pwa/client/vault/sealing.ts";
import { catchUp, dayOf, everyText, headsInLog, logged, Phone, remembered, until } from "./phone.ts";

const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));

async function twoTabs(context: { after(done: () => void): void }): Promise<{ phone: Phone; one: Diary; other: Diary }> {
  const phone = new Phone(context);
  const one = await phone.begin();
  const other = await phone.open();
  await other.whole();
  return { phone, one, other };
}

function shown(diary: Diary, id: RecordId) {
  const kept = diary.one(checkIn, id);
  assert.ok(kept, "the record is not in this tab");
  return kept;
}

function notes(diary: Diary, id: RecordId): string[] {
  return shown(diary, id)
    .texts("note")
    .map(({ text }) => text)
    .sort();
}

test("a tab sees at once what another makes, changes and deletes", async (context) => {
  const { one, other } = await twoTabs(context);
  const id = await one.create(checkIn, { note: "Tired" });
  await until(() => other.one(checkIn, id)?.values.note === "Tired", "made");
  await other.change(checkIn, shown(other, id), { note: "Rested" });
  await until(() => one.one(checkIn, id)?.values.note === "Rested", "changed");
  await one.trash(checkIn, shown(one, id) as never);
  await until(() => other.one(checkIn, id) === undefined, "deleted");
  await other.putBack(checkIn, id);
  await until(() => one.one(checkIn, id)?.values.note === "Rested", "put back");
});

test("a tab where nothing was begun opens when another begins", async (context) => {
  const phone = new Phone(context);
  const waiting = await phone.open();
  const one = await phone.begin();
  await until(() => waiting.phase.value === "open", "open");
  const id = await one.create(win, { words: "Began" });
  await until(() => waiting.one(win, id)?.values.words === "Began", "seen");
});

test("what another tab writes while this one is opening is seen", async (context) => {
  const phone = new Phone(context);
  const one = await phone.begin();
  for (let pause = 0; pause < 40; pause++) {
    const opening = phone.tab();
    const open = opening.open();
    for (let i = 0; i < pause; i++) await new Promise((resolve) => setImmediate(resolve));
    const id = await one.create(win, { words: `after ${pause}` });
    await open;
    await until(() => opening.one(win, id) !== undefined, `seen, written ${pause} steps into the opening`);
    phone.close(opening);
  }
});

test("two edits of one note at the same moment: both texts are there, in both tabs and in the log", async (context) => {
  const { phone, one, other } = await twoTabs(context);
  const id = await one.create(checkIn, { note: "Tired" });
  await catchUp(one, other);
  const [seenByOne, seenByOther] = [shown(one, id), shown(other, id)];
  await Promise.all([
    one.change(checkIn, seenByOne, { note: "Very tired" }),
    other.change(checkIn, seenByOther, { note: "Tired, slept badly" }),
  ]);
  await catchUp(one, other);
  for (const diary of [one, other, await phone.open()]) assert.deepEqual(notes(diary, id), ["Tired, slept badly", "Very tired"]);
  const [both] = Object.values(await headsInLog(one));
  assert.equal(both?.length, 1, "the second stands on top of the first");
});

test("an editor who saw an old text keeps what arrived meanwhile", async (context) => {
  const { phone, one, other } = await twoTabs(context);
  const id = await one.create(checkIn, { note: "Tired" });
  await catchUp(one, other);
  const stale = shown(other, id);
  await one.change(checkIn, shown(one, id), { note: "Tired, but went out", pain: 3 });
  await catchUp(one, other);
  await other.change(checkIn, stale, { note: "Rested" });
  assert.deepEqual(notes(other, id), ["Rested", "Tired, but went out"]);
  assert.equal(shown(other, id).values.pain, 3);
  await other.change(checkIn, shown(other, id), { note: "Tired, went out, rested" });
  await catchUp(one, other);
  for (const diary of [one, other, await phone.open()]) assert.deepEqual(notes(diary, id), ["Tired, went out, rested"]);
});

test("an edit in a tab that hears nothing goes on top of what others wrote", async (context) => {
  const { phone, one, other } = await twoTabs(context);
  phone.setDeaf(other, true);
  const id = await one.create(checkIn, { note: "Tired" });
  const seen = shown(one, id);
  await one.change(checkIn, seen, { note: "Tired 2" });
  await other.change(checkIn, seen, { note: "Tired, from the deaf tab" });
  assert.deepEqual(notes(other, id), ["Tired 2", "Tired, from the deaf tab"]);
  const unheard = await one.create(win, { words: "Unheard" });
  await other.create(win, { words: "Its own" });
  assert.equal(other.one(win, unheard)?.values.words, "Unheard", "with its own it reads what came before");
  assert.deepEqual(remembered(other), await logged(other));
});

test("two tabs that write as fast as they can both get through", async (context) => {
  const { phone, one, other } = await twoTabs(context);
  const id = await one.create(checkIn, { note: "start" });
  const write = async (diary: Diary, who: string): Promise<void> => {
    for (let i = 0; i < 30; i++) await diary.change(checkIn, shown(one, id), { note: `${who} ${i}` });
  };
  await Promise.all([write(one, "one"), write(other, "other")]);
  await catchUp(one, other);
  const texts = await everyText(one);
  for (const who of ["one", "other"]) for (let i = 0; i < 30; i++) assert.ok(texts.has(`${who} ${i}`));
  assert.deepEqual(remembered(one), remembered(other));
  assert.deepEqual(remembered(await phone.open()), remembered(one));
});

test("a snapshot of a tab that lags behind hides nothing that another has written", async (context) => {
  const { phone, one, other } = await twoTabs(context);
  const old = await one.create(checkIn, { day: dayOf("2025-03-03"), note: "old" });
  for (let i = 0; i < 50; i++) await one.create(win, { words: `win ${i}` });
  await catchUp(one, other);
  await one.rest();
  const fresh = await phone.open();
  await fresh.whole();
  phone.close(other);
  const lagging = await phone.open();
  await lagging.whole();
  await lagging.change(checkIn, shown(lagging, old), { note: "old, once" });
  for (let i = 0; i < 50; i++) await lagging.create(win, { words: `lagging ${i}` });
  phone.setDeaf(lagging, true);
  await catchUp(fresh);
  await fresh.change(checkIn, shown(fresh, old), { note: "old, twice" });
  await fresh.rest();
  await lagging.rest();
  for (let i = 0; i < 50; i++) await fresh.create(win, { words: `fresh ${i}` });
  await fresh.rest();
  const next = await phone.open();
  await next.whole();
  assert.equal(shown(next, old).values.note, "old, twice");
  assert.deepEqual(remembered(next), await logged(next));
});

test(`every interleaving of sealing and writing keeps all texts (CAIRN_SEED=${SEED})`, async (context) => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.nat(1), { minLength: 2, maxLength: 6 }), async (scheduler, editors) => {
      const ends: (() => void)[] = [];
      const phone = new Phone({ after: (end: () => void) => ends.push(end) });
      const first = await phone.begin();
      const id = await first.create(checkIn, { note: "start" });
      const held: Sealing = { ...sealing, sealRevision: (revision) => scheduler.schedule(sealing.sealRevision(revision)) };
      const tabs = [await phone.open({ sealing: held }), await phone.open({ sealing: held })];
      const seen = tabs.map((tab) => shown(tab, id));
      const writes = editors.map((who, i) => {
        const [tab, kept] = [tabs[who], seen[who]];
        assert.ok(tab && kept);
        return tab.change(checkIn, kept, { note: `${who}:${i}` });
      });
      const all = Promise.all(writes);
      let isDone = false;
      void all.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        if (scheduler.count() > 0) await scheduler.waitOne();
        else await new Promise((resolve) => setImmediate(resolve));
      }
      await all;
      await catchUp(first, ...tabs);
      const texts = await everyText(first);
      editors.forEach((who, i) => {
        assert.ok(texts.has(`${who}:${i}`));
      });
      // In one tab a later write was shown the same old text, so it stands beside the earlier one: none is replaced.
      for (const tab of [...tabs, await phone.open()]) {
        assert.deepEqual(notes(tab, id), editors.map((who, i) => `${who}:${i}`).sort());
        assert.deepEqual(remembered(tab), await logged(tab));
      }
      for (const end of ends) end();
    }),
    { seed: SEED, numRuns: 60 },
  );
  context.diagnostic(`CAIRN_SEED=${SEED}`);
});
