/**
 * A diary carried in a file: whole, once, and nothing of it where the file or the phone fails.
 *
 *   CAIRN_SEED=…  repeats a run
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { line } from "../../../pwa/client/domain/field.ts";
import { FileRefused } from "../../../pwa/client/domain/file.ts";
import { checkIn, goal, win } from "../../../pwa/client/domain/record-types.ts";
import { recordType } from "../../../pwa/client/domain/schema.ts";
import { canonical } from "../../../pwa/client/replica/state.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { StoreFailure } from "../../../pwa/client/store/failures.ts";
import { readBack, saveToText } from "../../../pwa/client/store/file.ts";
import { FAULTS, plan } from "./faults.ts";
import { catchUp, everyText, headsInLog, logged, named, Phone, remembered } from "./phone.ts";

const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const MADE = "2026-05-14T12:00:00.000Z";
/** A type and a field that a later app may have. */
const later = recordType("letter", { to: line(), note: line() });

type Context = { after(done: () => void): void };

/** Write at random, in two tabs that do not always hear each other. */
async function write(phone: Phone, tabs: readonly Diary[], acts: readonly (readonly [number, number, string])[]): Promise<void> {
  const types = [checkIn, goal, win, later] as const;
  for (const [kind, which, text] of acts) {
    const diary = tabs[which % tabs.length];
    assert.ok(diary);
    const type = types[which % types.length] ?? checkIn;
    const field = type === checkIn || type === later ? "note" : "words";
    const all = diary.all(type as typeof checkIn).value;
    const kept = all[which % Math.max(1, all.length)];
    if (kind < 3 || kept === undefined) await diary.save([{ type, id: diary.newId(), values: { [field]: text, "unknown field": text } }]);
    else if (kind < 7) await diary.save([{ type, kept: kept as never, values: { [field]: text } }]);
    else if (kind < 8) await diary.trash(type, kept as never);
    else if (kind < 9) await catchUp(...tabs);
    else await Promise.all(tabs.map((tab, i) => tab.save([{ type, kept: kept as never, values: { [field]: `${text} ${i}` } }])));
    phone.clock += 1_000;
  }
  await catchUp(...tabs);
}

async function writtenAtRandom(
  context: Context,
  acts: readonly (readonly [number, number, string])[],
): Promise<{ phone: Phone; diary: Diary }> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const other = await phone.open();
  phone.setDeaf(other, true);
  await write(phone, [diary, other], acts);
  return { phone, diary };
}

/** What each record says, and the descent of its revisions by what they say: ids are each phone's own. */
async function meaning(diary: Diary): Promise<unknown> {
  const { rows } = await diary.inside.log.everything();
  const saying = new Map(rows.map(({ read }) => [read.id, read.state === null ? "" : canonical(read.state)]));
  return {
    records: [...diary.inside.records.items()].map(({ id, type, state }) => `${id} ${type} ${canonical(state)}`).sort(),
    revisions: rows
      .map(
        ({ record, read }) => `${record} ${read.type} ${saying.get(read.id)} on ${read.parents.map((parent) => saying.get(parent)).sort()}`,
      )
      .sort(),
  };
}

const acts = fc.array(fc.tuple(fc.nat(9), fc.nat(30), fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" })), {
  minLength: 1,
  maxLength: 25,
});

test(`saved and read back into another vault, a diary is the same, descent and all (CAIRN_SEED=${SEED})`, async () => {
  await inMany(acts, 40, async (context, done) => {
    const { diary } = await writtenAtRandom(context, done);
    const file = await saveToText(diary, MADE);
    const phone = new Phone(context);
    const other = await phone.begin();
    await readBack(other, file);
    assert.deepEqual(await meaning(other), await meaning(diary));
    assert.deepEqual(remembered(other), await logged(other));
    assert.deepEqual(await named(phone), await headsInLog(other));
    assert.deepEqual(remembered(await phone.open()), remembered(other));
    const before = await phone.rows();
    assert.deepEqual(await readBack(other, file), { added: 0, joined: 0, same: other.inside.records.size });
    assert.deepEqual(await phone.rows(), before);
  });
});

test(`read into a diary that went on, a file joins and takes nothing away (CAIRN_SEED=${SEED})`, async () => {
  await inMany(fc.tuple(acts, acts, acts), 25, async (context, [first, here, there]) => {
    const { phone, diary } = await writtenAtRandom(context, first);
    const second = new Phone(context);
    const other = await second.begin();
    await readBack(other, await saveToText(diary, MADE));
    await write(
      phone,
      [diary],
      here.map(([kind, which, text]) => [kind, which, `${text} here`] as const),
    );
    await write(
      second,
      [other],
      there.map(([kind, which, text]) => [kind, which, `${text} there`] as const),
    );
    const texts = new Set([...(await everyText(diary)), ...(await everyText(other))]);
    const files = [await saveToText(diary, MADE), await saveToText(other, MADE)] as const;
    await readBack(diary, files[1]);
    await readBack(other, files[0]);
    for (const one of [diary, other]) {
      const has = await everyText(one);
      for (const text of texts) assert.ok(has.has(text), `"${text}" was lost`);
      assert.deepEqual(remembered(one), await logged(one));
    }
    assert.deepEqual(states(diary), states(other), "both end the same");
  });
});

test("types and fields that this app does not know survive the journey", async (context) => {
  const diary = await new Phone(context).begin();
  await diary.save([
    { type: later, id: diary.newId(), values: { to: "Sam", note: "written by a later app", mood: 4, tags: ["a", { b: null }] } },
  ]);
  const other = await new Phone(context).begin();
  await readBack(other, await saveToText(diary, MADE));
  assert.deepEqual(states(other), states(diary));
  assert.equal(other.all(later).value[0]?.values.to, "Sam");
});

test("what is written while the file is being made is in it", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (let i = 0; i < 20; i++) await diary.create(win, { words: `win ${i}` });
  const [file] = await Promise.all([saveToText(diary, MADE), diary.create(win, { words: "meanwhile" })]);
  const other = await new Phone(context).begin();
  await readBack(other, file);
  const count = other.all(win).value.length;
  assert.ok(count === 20 || count === 21);
  const kept = diary.all(win).value.find(({ values }) => values.words === "win 3");
  assert.ok(kept);
  const [second] = await Promise.all([saveToText(diary, MADE), diary.change(win, kept, { words: "win 3, changed" })]);
  await readBack(other, second);
  assert.ok((await everyText(other)).has("win 3"));
});

test("a file cut anywhere is refused, and nothing of it is taken", async (context) => {
  const { diary } = await writtenAtRandom(context, sample(acts));
  for (let i = 0; i < 20; i++) await diary.create(checkIn, { note: `note ${i}` });
  const file = await saveToText(diary, MADE);
  const phone = new Phone(context);
  const other = await phone.begin();
  await other.create(win, { words: "already here" });
  const before = await phone.rows();
  let cuts = 0;
  for (let end = 0; end < file.length - 2; end += 1_000) {
    await assert.rejects(() => readBack(other, file.slice(0, end)), FileRefused, `cut at ${end}`);
    cuts++;
  }
  assert.ok(cuts > 10);
  assert.deepEqual(await phone.rows(), before);
});

test(`whatever a file says, it is taken whole or refused with a reason (CAIRN_SEED=${SEED})`, async (context) => {
  const { diary } = await writtenAtRandom(context, [
    [0, 0, "a note"],
    [0, 1, "a goal"],
    [4, 0, "another note"],
    [0, 2, "a win"],
  ]);
  const file: unknown = JSON.parse(await saveToText(diary, MADE));
  const places = placesIn(file);
  const phone = new Phone(context);
  const other = await phone.begin();
  await other.create(win, { words: "already here" });
  const rubbish = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>("", -1, 1.5, 2 ** 60, null, [], {}, "__proto__", "x".repeat(300), [[[]]]),
  );
  let [refused, taken] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), rubbish, async (place, value) => {
      const before = await phone.rows();
      const wasHere = await everyText(other);
      try {
        await readBack(other, JSON.stringify(changedAt(file, place, value)));
        taken++;
        for (const text of wasHere) assert.ok((await everyText(other)).has(text));
        assert.deepEqual(remembered(other), await logged(other), place.join("."));
      } catch (cause) {
        assert.ok(cause instanceof FileRefused, `${place.join(".")}: ${cause}`);
        assert.deepEqual(await phone.rows(), before, place.join("."));
        refused++;
      }
    }),
    { seed: SEED, numRuns: 400 },
  );
  context.diagnostic(`${refused} refused, ${taken} taken`);
  assert.ok(refused > 100 && taken > 5);
  assert.equal(
    other.all(win).value.some(({ values }) => values.words === "already here"),
    true,
  );
});

test("a phone that fails while a file is read back has all of it or nothing, and the next try brings it once", async (context) => {
  const { diary } = await writtenAtRandom(context, [
    [0, 0, "a note"],
    [4, 0, "another note"],
    [0, 2, "a win"],
    [9, 0, "both"],
  ]);
  const file = await saveToText(diary, MADE);
  for (const fault of FAULTS) {
    for (let at = 1, isMet = true; isMet; at += 2) {
      const phone = new Phone(context);
      const other = await phone.begin();
      const planned = plan({ fault, at });
      const came: unknown = await readBack(other, file).catch((cause: unknown) => cause);
      planned.end();
      isMet = planned.isMet;
      if (came instanceof Error) {
        assert.ok(came instanceof StoreFailure, `${fault} ${at}: ${came}`);
        assert.deepEqual((await phone.rows()).revisions, [], `${fault} ${at}`);
      }
      await readBack(other, file);
      await catchUp(other);
      assert.deepEqual(await meaning(other), await meaning(diary), `${fault} ${at}`);
      phone.close(other);
    }
  }
});

test("a record that cannot be read at all is left out of the file, and does not spoil it", async (context) => {
  const { phone, diary } = await writtenAtRandom(context, [
    [0, 0, "a note"],
    [0, 2, "a win"],
  ]);
  const [, row] = (await phone.rows()).revisions[0] as [number, { blob: Uint8Array }];
  await phone.tamper("revisions", 1, { ...row, blob: row.blob.map((byte) => byte ^ 1) });
  await phone.forgetSnapshot();
  const again = await phone.open();
  const file = await saveToText(again, MADE);
  const other = await new Phone(context).begin();
  assert.deepEqual(await readBack(other, file), { added: 1, joined: 0, same: 0 });
  assert.equal(diary.phase.value, "open");
});

test("a file of 5,000 records leaves the browser room to draw", async (context) => {
  const diary = await new Phone(context).begin();
  const notes = Array.from({ length: 5_000 }, (_, i) => ({
    type: checkIn,
    id: diary.newId(),
    values: { note: `note ${i}`, day: "2026-05-14" },
  }));
  await diary.save(notes);
  const file = await saveToText(diary, MADE);
  const other = await new Phone(context).begin();
  let longest = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 0);
  const shares: number[] = [];
  assert.deepEqual(await readBack(other, file, (share) => shares.push(share)), { added: 5_000, joined: 0, same: 0 });
  clearInterval(pulse);
  context.diagnostic(`${(file.length / 1e6).toFixed(1)} MB, longest time without a break ${longest.toFixed(0)} ms`);
  assert.ok(shares.length > 10 && shares.every((share, i) => share >= (shares[i - 1] ?? 0)), "progress goes forwards");
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(states(other), states(diary));
});

function states(diary: Diary): readonly string[] {
  return [...diary.inside.records.items()].map(({ id, type, state }) => `${id} ${type} ${canonical(state)}`).sort();
}

async function inMany<T>(given: fc.Arbitrary<T>, runs: number, work: (context: Context, value: T) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(given, async (value) => {
      const ends: (() => void)[] = [];
      try {
        await work({ after: (end) => ends.push(end) }, value);
      } finally {
        for (const end of ends) end();
      }
    }),
    { seed: SEED, numRuns: runs },
  );
}

function sample<T>(given: fc.Arbitrary<T>): T {
  const [one] = fc.sample(given, { numRuns: 1, seed: SEED });
  assert.ok(one !== undefined);
  return one;
}

type Place = readonly (string | number)[];

/** Every place in a JSON value. */
function placesIn(json: unknown, at: Place = []): Place[] {
  if (typeof json !== "object" || json === null) return [at];
  return [at, ...Object.entries(json).flatMap(([key, inside]) => placesIn(inside, [...at, key]))].filter((place) => place.length > 0);
}

function changedAt(json: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((inside, i) => (String(i) === String(key) ? changedAt(inside, rest, value) : inside));
  return Object.fromEntries(
    Object.entries(json as object).map(([name, inside]) => [name, name === key ? changedAt(inside, rest, value) : inside]),
  );
}
