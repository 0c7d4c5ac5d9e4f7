/** A diary of years: its snapshot in months, read as they are asked for, says the same as the log. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, goal, settings, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { readBack, saveToText } from "../../../pwa/client/store/file.ts";
import { catchUp, dayOf, daysAgo, logged, Phone, remembered } from "./phone.ts";

const YEAR_AGO = "2025-05-02";
const LAST_AUTUMN = "2025-10-09";

/** A diary with enough in it for a snapshot: check-ins of two years, and things without a day. */
async function filled(phone: Phone, records = 60): Promise<Diary> {
  const diary = await phone.begin();
  for (let i = 0; i < records; i++) {
    await diary.create(checkIn, { day: daysAgo(9 * i), note: `day ${i}` });
  }
  await diary.create(goal, { words: "Walk to the shop" });
  await diary.create(settings, { dayTurn: 4 });
  return diary;
}

/** The same with its snapshot written; gives the diary in a new tab. */
async function shelved(phone: Phone): Promise<void> {
  const diary = await filled(phone);
  await diary.whole();
  await diary.rest();
  phone.close(diary);
  assert.ok(
    (await phone.rows()).local.some(([key]) => key === "snapshot/near"),
    "a snapshot was to be there",
  );
}

async function noteOf(diary: Diary, text: string) {
  await diary.whole();
  const found = diary.all(checkIn).value.find(({ values }) => values.note === text);
  assert.ok(found, `"${text}" is not there`);
  return found;
}

test("with a snapshot and without one, and with rows behind it, the diary is the same", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  const tab = await phone.open();
  const old = await noteOf(tab, "day 50");
  await tab.change(checkIn, old, { note: "day 50, corrected" });
  await tab.create(checkIn, { day: dayOf("2024-01-02"), note: "found later" });
  const bySnapshot = await phone.open();
  await bySnapshot.whole();
  await phone.forgetSnapshot();
  const byLog = await phone.open();
  assert.deepEqual(remembered(bySnapshot), remembered(byLog));
  assert.deepEqual(remembered(byLog), await logged(byLog));
});

test("before everything is in memory, today is, and so is everything without a day", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  const diary = await phone.open();
  assert.equal(diary.isWhole.value, false);
  assert.equal(diary.phase.value, "open");
  assert.ok(diary.all(checkIn).value.some(({ values }) => values.note === "day 0"));
  assert.equal(diary.all(goal).value.length, 1);
  assert.ok(!diary.all(checkIn).value.some(({ values }) => values.note === "day 50"));
  const id = await diary.create(checkIn, { day: dayOf("2026-05-14"), note: "written before the rest is here" });
  assert.equal(diary.isWhole.value, false, "a save must not wait for the months long past");
  await diary.whole();
  assert.equal(diary.isWhole.value, true);
  assert.ok(diary.one(checkIn, id));
  assert.deepEqual(remembered(diary), await logged(diary));
});

test("records of months long past are changed and put back whether they are in memory yet or not", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  const reader = await phone.open();
  const [one, other] = [await noteOf(reader, "day 40"), await noteOf(reader, "day 45")];
  await reader.trash(checkIn, other);
  const early = await phone.open();
  assert.equal(early.one(checkIn, one.id), undefined);
  await early.change(checkIn, one, { note: "day 40, changed early" });
  await early.putBack(checkIn, other.id);
  await early.whole();
  const late = await phone.open();
  await late.change(checkIn, await noteOf(late, "day 41"), { note: "day 41, changed late" });
  const last = await phone.open();
  await last.whole();
  for (const note of ["day 40, changed early", "day 41, changed late", "day 45"]) await noteOf(last, note);
  assert.deepEqual(remembered(last), await logged(last));
});

test("a record of a month long past is made once more, as after a reload: both are joined", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  const reader = await phone.open();
  const old = await noteOf(reader, "day 40");
  const early = await phone.open();
  await early.save([{ type: checkIn, id: old.id, values: { pain: 3 } }]);
  await early.whole();
  assert.deepEqual([early.one(checkIn, old.id)?.values.note, early.one(checkIn, old.id)?.values.pain], ["day 40", 3]);
  assert.deepEqual(remembered(early), await logged(early));
});

test("a second beginning of an old record, brought by a file in another tab, hides nothing of the first", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  const reader = await phone.open();
  const old = await noteOf(reader, "day 40");
  const elsewhere = await new Phone(context).begin();
  await elsewhere.save([{ type: checkIn, id: old.id, values: { day: old.values.day, note: "day 40, elsewhere" } }]);
  const early = await phone.open();
  await readBack(reader, await saveToText(elsewhere, "2026-05-14T12:00:00.000Z"));
  await catchUp(early);
  await early.whole();
  const texts = early.one(checkIn, old.id)?.texts("note");
  assert.deepEqual(texts?.map(({ text }) => text).sort(), ["day 40", "day 40, elsewhere"]);
  assert.deepEqual(remembered(early), await logged(early));
});

test("a snapshot that is damaged, missing or of another form is put aside, and the log is read", async (context) => {
  const damages: [string, (phone: Phone) => Promise<void>][] = [
    ["no near piece", (phone) => phone.tamper("local", "snapshot/near", undefined)],
    ["a damaged near piece", (phone) => phone.tamper("local", "snapshot/near", new Uint8Array(300))],
    ["an empty near piece", (phone) => phone.tamper("local", "snapshot/near", new Uint8Array())],
    ["no piece of one month", (phone) => phone.tamper("local", "snapshot/month/2025-10", undefined)],
    ["a damaged piece of one month", (phone) => phone.tamper("local", "snapshot/month/2025-10", new Uint8Array(64))],
    [
      "one piece in the place of another",
      async (phone) => {
        const row = (await phone.rows()).local.find(([key]) => key === "snapshot/month/2025-11");
        await phone.tamper("local", "snapshot/month/2025-10", row?.[1]);
      },
    ],
  ];
  for (const [what, damage] of damages) {
    const phone = new Phone(context);
    await shelved(phone);
    await damage(phone);
    const diary = await phone.open();
    await diary.whole();
    assert.deepEqual(remembered(diary), await logged(diary), what);
    assert.equal(diary.all(checkIn).value.length, 60, what);
    await diary.rest();
    const healed = await phone.open();
    await healed.whole();
    assert.deepEqual(remembered(healed), await logged(healed), what);
  }
});

test("a write while a damaged month sends the diary back to its log is neither lost nor hidden", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  await phone.tamper("local", "snapshot/month/2025-10", undefined);
  const diary = await phone.open();
  const [id] = await Promise.all([diary.create(checkIn, { day: dayOf("2026-05-14"), note: "meanwhile" }), diary.whole()]);
  const kept = diary.one(checkIn, id);
  assert.ok(kept);
  await Promise.all([diary.change(checkIn, kept, { note: "meanwhile, and more" }), diary.inside.log.readAll()]);
  assert.deepEqual(remembered(diary), await logged(diary));
});

test("a day moved to another month is in one month only, wherever the app is closed", async (context) => {
  for (const [from, to] of [
    ["day 20", YEAR_AGO],
    ["day 20", LAST_AUTUMN],
    ["day 40", "2026-05-01"],
    ["day 0", "2025-06-30"],
  ] as const) {
    const phone = new Phone(context);
    await shelved(phone);
    const mover = await phone.open();
    await mover.change(checkIn, await noteOf(mover, from), { day: dayOf(to) });
    phone.close(mover);
    const steps: ((diary: Diary) => Promise<void>)[] = [
      async () => undefined,
      (diary) => diary.whole(),
      async (diary) => {
        for (let i = 0; i < 50; i++) await diary.create(win, { words: `win ${i}` });
      },
      (diary) => diary.rest(),
      async (diary) => {
        await diary.whole();
        await diary.rest();
      },
    ];
    for (const step of steps) {
      const diary = await phone.open();
      await step(diary);
      phone.close(diary);
      const next = await phone.open();
      const known = next.all(checkIn).value.filter(({ values }) => values.note === from);
      assert.ok(
        known.every(({ values }) => values.day === to),
        "the old day is shown",
      );
      await next.whole();
      assert.equal((await noteOf(next, from)).values.day, to);
      assert.deepEqual(remembered(next), await logged(next));
      phone.close(next);
    }
  }
});

test("only what changed is written anew into a snapshot", async (context) => {
  const phone = new Phone(context);
  await shelved(phone);
  const before = new Map((await phone.rows()).local);
  const diary = await phone.open();
  await diary.change(checkIn, await noteOf(diary, "day 20"), { note: "day 20, corrected" });
  for (let i = 0; i < 50; i++) await diary.create(checkIn, { day: dayOf("2026-05-14"), note: `more ${i}` });
  await diary.rest();
  const changed = (await phone.rows()).local.filter(([key, bytes]) => !isSameBytes(before.get(key), bytes)).map(([key]) => key);
  const month = (await noteOf(diary, "day 20, corrected")).values.day?.slice(0, 7);
  assert.deepEqual(changed.sort(), ["snapshot/month/2026-05", `snapshot/month/${month}`, "snapshot/near"].sort());
});

function isSameBytes(one: unknown, other: unknown): boolean {
  return one instanceof Uint8Array && other instanceof Uint8Array && Buffer.compare(one, other) === 0;
}
