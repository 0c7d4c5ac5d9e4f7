/** When the database is gone, begun anew or another's: every write says so, and what is in memory can be saved. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, goal, win } from "../../../pwa/client/domain/record-types.ts";
import { saveToText } from "../../../pwa/client/store/file.ts";
import { ACTS, begun, contents } from "./acts.ts";
import { dayOf, Phone, remembered, until } from "./phone.ts";

test("a vault that is gone: every write says so, no row appears, and what is in memory can be saved to a file", async (context) => {
  const deletions: [string, (phone: Phone) => Promise<void>][] = [
    ["its slot taken away", (phone) => phone.tamper("vault", "slot", undefined)],
    ["the database deleted and empty", (phone) => phone.clearSiteData()],
  ];
  for (const [what, remove] of deletions) {
    const { phone, diary } = await begun(context);
    const draft = await diary.draft("win");
    await remove(phone);
    const before = contents(await phone.rows());
    for (const { run } of ACTS) await assert.rejects(() => run(diary, "first, more"), { code: "gone" }, what);
    await assert.rejects(() => draft.keep({ words: "x" }), { code: "gone" }, what);
    await assert.rejects(() => draft.drop(), { code: "gone" }, what);
    for (let i = 0; i < 2; i++) await diary.rest();
    assert.deepEqual(contents(await phone.rows()), before, what);
    assert.equal(diary.all(checkIn).value.length, 2, what);
    const text = await saveToText(diary, "2026-05-14T09:00:00.000Z");
    for (const note of ["first", "second"]) assert.ok(text.includes(note), what);
    assert.equal((await phone.open()).phase.value, "new", what);
  }
});

test("a diary deleted while it was opening is not taken for an empty one", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (let i = 0; i < 60; i++) await diary.create(checkIn, { day: dayOf(`2025-0${1 + (i % 9)}-03`), note: `note ${i}` });
  await diary.create(checkIn, { day: dayOf("2026-05-14"), note: "today" });
  await diary.rest();
  const opening = await phone.open();
  await phone.clearSiteData();
  await assert.rejects(() => opening.whole(), { code: "gone" });
  assert.equal(opening.isWhole.value, false);
  assert.ok((await saveToText(opening, "2026-05-14T09:00:00.000Z")).includes("today"), "what is in memory can be saved");
});

test("a tab of a deleted diary writes nothing into the one that was begun in its place", async (context) => {
  const { phone, diary } = await begun(context);
  const draft = await diary.draft("win");
  await phone.clearSiteData();
  const other = await phone.begin();
  await other.create(goal, { words: "Anew" });
  const before = contents(await phone.rows());
  for (const { run } of ACTS) await assert.rejects(() => run(diary, "first, more"), { code: "gone" });
  await assert.rejects(() => draft.keep({ words: "x" }), { code: "gone" });
  assert.deepEqual(contents(await phone.rows()), before);
  assert.deepEqual(remembered(await phone.open()), remembered(other));
});

test("a later version of the app gets the database; whoever deletes it waits", async (context) => {
  const { phone, diary } = await begun(context);
  const deletion = indexedDB.deleteDatabase(phone.name);
  let isBlocked = false;
  deletion.onblocked = () => {
    isBlocked = true;
  };
  await until(() => isBlocked, "the deletion is held up by the open diary");

  const { phone: second, diary: old } = await begun(context);
  const upgrade = indexedDB.open(second.name, 3);
  await new Promise((resolve, reject) => {
    upgrade.onsuccess = resolve;
    upgrade.onerror = reject;
    upgrade.onblocked = reject;
  });
  await assert.rejects(() => old.create(win, { words: "late" }), { code: "later-version" });
  assert.equal(old.all(checkIn).value.length, 2, "what is in memory stays readable");
  const another = await second.open();
  assert.equal(another.phase.value, "unusable");
  assert.equal(another.trouble.value, "later-version");
  upgrade.result.close();
  assert.equal(diary.phase.value, "open");
});

test("no database at all: unusable, and it says why; trying again when there is one works", async (context) => {
  const phone = new Phone(context);
  const sound = IDBFactory.prototype.open;
  IDBFactory.prototype.open = () => {
    throw new DOMException("planned", "SecurityError");
  };
  const diary = phone.tab();
  await diary.open();
  IDBFactory.prototype.open = sound;
  assert.equal(diary.phase.value, "unusable");
  assert.equal(diary.trouble.value, "unavailable");
  await assert.rejects(() => diary.create(win, { words: "x" }), { code: "no-key" });
  await diary.open();
  assert.equal(diary.phase.value, "new");
});
