/** A diary carried in a file: whole and once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import { canonical } from "../../../pwa/client/replica/state.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { readBack, saveToText } from "../../../pwa/client/store/file.ts";
import { everyText, logged, Phone, remembered } from "./phone.ts";
import { acts, inMany, later, MADE, meaning, SEED, write, writtenAtRandom } from "./written-at-random.ts";

test(`saved and read back into another vault, a diary is the same, descent and all (CAIRN_SEED=${SEED})`, async () => {
  await inMany(acts, 40, async (context, done) => {
    const { diary } = await writtenAtRandom(context, done);
    const file = await saveToText(diary, MADE);
    const phone = new Phone(context);
    const other = await phone.begin();
    await readBack(other, file);
    assert.deepEqual(await meaning(other), await meaning(diary));
    assert.deepEqual(remembered(other), await logged(other));
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
