/** A diary is the same after every closing and opening, however it is opened. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, goal, win } from "../../../pwa/client/domain/record-types.ts";
import { catchUp, dayOf, NOTHING, Phone, remembered } from "./phone.ts";

test("a phone where nothing was begun is new, and stays empty", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.open();
  assert.equal(diary.phase.value, "new");
  assert.deepEqual(await phone.rows(), NOTHING);
});

test("what was made, changed, deleted and put back is there after closing", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const kept = await diary.create(checkIn, { day: dayOf("2026-05-14"), note: "Tired", pain: 4 });
  const changed = await diary.create(win, { day: dayOf("2026-05-14"), words: "Rested" });
  const deleted = await diary.create(win, { words: "Out" });
  const back = await diary.create(goal, { words: "Garden" });
  const shown = diary.one(win, changed);
  assert.ok(shown);
  await diary.change(win, shown, { words: "Rested on purpose", kind: undefined });
  for (const [type, id] of [
    [win, deleted],
    [goal, back],
  ] as const) {
    const one = diary.one(type, id);
    assert.ok(one);
    await diary.trash(type, one as never);
  }
  assert.deepEqual(
    diary
      .trashed([win, goal])
      .value.map(({ kept: one }) => one.id)
      .sort(),
    [deleted, back].sort(),
  );
  await diary.putBack(goal, back);

  const again = await phone.open();
  assert.equal(again.phase.value, "open");
  assert.deepEqual(remembered(again), remembered(diary));
  assert.deepEqual(again.one(checkIn, kept)?.values, { day: "2026-05-14", note: "Tired", pain: 4 });
  assert.deepEqual(
    again
      .one(win, changed)
      ?.texts("words")
      .map(({ text }) => text),
    ["Rested on purpose"],
  );
  assert.equal(again.one(win, deleted), undefined);
  assert.deepEqual(
    again.trashed([win]).value.map(({ kept: one }) => one.id),
    [deleted],
  );
  assert.equal(again.one(goal, back)?.values.words, "Garden");
});

test("everything that a person typed, and the vault, is written strictly", async (context) => {
  const asked = new Map<string, Set<string>>();
  const prototype = IDBObjectStore.prototype;
  const sound = { put: prototype.put, add: prototype.add };
  for (const name of ["put", "add"] as const) {
    prototype[name] = function (this: IDBObjectStore, ...values) {
      asked.set(this.name, (asked.get(this.name) ?? new Set()).add(this.transaction.durability));
      return sound[name].apply(this, values);
    };
  }
  try {
    const diary = await new Phone(context).begin();
    const draft = await diary.draft("check-in");
    await draft.keep({ note: "Tir" });
    await diary.create(checkIn, { note: "Tired" }, { draft });
  } finally {
    Object.assign(prototype, sound);
  }
  for (const store of ["vault", "revisions", "local"]) assert.deepEqual([...(asked.get(store) ?? [])], ["strict"], store);
});

test("beginning twice at once, in one tab or in two, makes one vault, and nothing is lost", async (context) => {
  for (const tabs of [1, 2]) {
    const phone = new Phone(context);
    const one = await phone.open();
    const other = tabs === 1 ? one : await phone.open();
    assert.deepEqual(await Promise.all([one.begin(), other.begin(), one.begin()]), ["begun", "begun", "begun"]);
    const id = await one.create(win, { words: "Said hello" });
    await other.create(win, { words: "Waved" });
    await catchUp(one, other);
    assert.equal(other.one(win, id)?.values.words, "Said hello");
    assert.equal((await phone.open()).all(win).value.length, 2);
    assert.deepEqual((await phone.rows()).probe, []);
  }
});

test("a change that changes nothing writes nothing", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const id = await diary.create(win, { words: "Rested" });
  const kept = diary.one(win, id);
  assert.ok(kept);
  await diary.change(win, kept, { words: "Rested", kind: undefined });
  await diary.putBack(win, id);
  assert.equal((await phone.rows()).revisions.length, 1);
});

test("two changes of one record in one save are one revision with both", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const id = await diary.create(goal, { words: "Walk", why: "Air" });
  const kept = diary.one(goal, id);
  assert.ok(kept);
  await diary.save([
    { type: goal, kept: kept as never, values: { words: "Walk slowly" } },
    { type: goal, kept: kept as never, values: { why: "Air and light" } },
  ]);
  assert.deepEqual(diary.one(goal, id)?.values, { words: "Walk slowly", why: "Air and light" });
  assert.equal((await phone.rows()).revisions.length, 2);
  assert.deepEqual(remembered(await phone.open()), remembered(diary));
});
