/** What stands in a form outlives the tab, and belongs to one tab at a time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { plan } from "./faults.ts";
import { Phone, until } from "./phone.ts";

async function left(diary: Diary, name: string): Promise<unknown> {
  const draft = await diary.draft(name);
  draft.release();
  return draft.left;
}

test("a form that was never typed in has no draft, and one that was has what was typed last", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  assert.equal(draft.left, null);
  assert.deepEqual((await phone.rows()).local, []);
  for (const note of ["T", "Ti", "Tired"]) await draft.keep({ note });
  draft.release();
  assert.deepEqual(await left(await phone.open(), "check-in"), { note: "Tired" });
});

test("a tab that dies leaves its draft to the next one", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  await draft.keep({ note: "half a sent" });
  // What the browser does when a tab is gone: its locks are free, and nothing else happens.
  draft.release();
  phone.close(diary);
  const next = await (await phone.open()).draft("check-in");
  assert.deepEqual(next.left, { note: "half a sent" });
  assert.equal(next.row, draft.row);
});

test("two tabs with one form have two drafts, and neither writes over the other", async (context) => {
  const phone = new Phone(context);
  const one = await phone.begin();
  const other = await phone.open();
  const [first, second] = [await one.draft("check-in"), await other.draft("check-in")];
  assert.notEqual(first.row, second.row);
  await Promise.all([first.keep("one"), second.keep("other")]);
  first.release();
  second.release();
  assert.deepEqual([await left(one, "check-in")], ["one"]);
  const [again, too] = [await one.draft("check-in"), await other.draft("check-in")];
  assert.deepEqual([again.left, too.left].sort(), ["one", "other"]);
});

test("what the second of two tabs left is found by a tab alone", async (context) => {
  const phone = new Phone(context);
  const one = await phone.begin();
  const [first, second] = [await one.draft("check-in"), await (await phone.open()).draft("check-in")];
  await second.keep("typed in the second tab");
  first.release();
  second.release();
  assert.equal(await left(await phone.open(), "check-in"), "typed in the second tab");
});

test("a form that opens while the same form is closing gets what that one was typing", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const closing = await diary.draft("check-in");
  void closing.keep("the last words").finally(() => closing.release());
  const opened = await diary.draft("check-in");
  assert.equal(opened.row, closing.row);
  assert.equal(opened.left, "the last words");
});

test("drafts of different forms never mix, though one name begins like another", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (const name of ["check-in", "check-in/abc", "check", "check-in/abc/1"]) {
    const draft = await diary.draft(name);
    assert.equal(draft.left, null, name);
    await draft.keep(name);
    draft.release();
  }
  for (const name of ["check-in", "check-in/abc", "check", "check-in/abc/1"]) assert.equal(await left(diary, name), name);
});

test("a draft in the place of another, damaged, or of another vault is none, and no error", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  await draft.keep("mine");
  draft.release();
  const bytes = new Map((await phone.rows()).local).get(draft.row);
  for (const row of [bytes, new Uint8Array(), new Uint8Array(40)]) {
    await phone.tamper("local", "draft/win/1", row);
    assert.equal(await left(diary, "win"), null);
  }
});

test("without locks a form still keeps its draft", async (context) => {
  const locks = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(navigator), "locks");
  assert.ok(locks);
  const phone = new Phone(context);
  const diary = await phone.begin();
  Object.defineProperty(navigator, "locks", {
    configurable: true,
    value: { request: () => Promise.reject(new DOMException("", "SecurityError")) },
  });
  try {
    const draft = await diary.draft("check-in");
    await draft.keep("kept");
    assert.equal(await left(diary, "check-in"), "kept");
  } finally {
    Reflect.deleteProperty(navigator, "locks");
  }
});

test("of drafts about different things under one name each is found by its own, and none writes over another", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const of = (day: string) => diary.draft("check-in", (left) => (left as { day?: string }).day === day);
  for (const day of ["Sunday", "Monday", "Tuesday"]) {
    const draft = await of(day);
    assert.equal(draft.left, null, day);
    await draft.keep({ day });
    draft.release();
  }
  for (const day of ["Tuesday", "Sunday", "Monday"]) {
    const draft = await of(day);
    assert.deepEqual(draft.left, { day });
    await draft.keep({ day, note: "more" });
    draft.release();
  }
  await (await of("Sunday")).drop();
  const [monday, wednesday] = [await of("Monday"), await of("Wednesday")];
  assert.deepEqual([monday.left, wednesday.left], [{ day: "Monday", note: "more" }, null]);
});

test("a form that opens while one like it is closing in any place gets what that one was typing", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const [first, second] = [await diary.draft("check-in"), await diary.draft("check-in")];
  await first.keep("in the first place");
  void second.keep("the last words").finally(() => second.release());
  const opened = await diary.draft("check-in", (left) => left === "the last words");
  assert.equal(opened.left, "the last words");
});

test("what waits is told: not what a form of this tab holds, and of another tab's only that it is there", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const told = () => diary.waitingDrafts.value?.map(({ name, isElsewhere, left }) => [name, isElsewhere ? "elsewhere" : left]);
  const [here, closed] = [await diary.draft("win"), await diary.draft("check-in")];
  await Promise.all([here.keep("here"), closed.keep("closed")]);
  closed.release();
  const elsewhere = await (await phone.open()).draft("goal/new");
  await elsewhere.keep("elsewhere");
  assert.equal(told(), undefined);
  const stop = diary.followDrafts();
  await until(() => told() !== undefined, "a first look");
  assert.deepEqual(told(), [
    ["check-in", "closed"],
    ["goal/new", "elsewhere"],
  ]);
  void here.keep("the last words").finally(() => here.release());
  await until(() => told()?.length === 3, "a second look");
  assert.deepEqual(told()?.at(-1), ["win", "the last words"]);
  stop();
  const again = await diary.draft("win");
  await again.drop();
  again.release();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(told()?.length, 3, "nobody follows any more");
});

test("what waits is looked at again with the next form, where it could not be read", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("win");
  await draft.keep("Tired");
  const planned = plan({ fault: "full", at: 1, isWriting: false });
  diary.followDrafts();
  await until(() => planned.isMet, "the look");
  planned.end();
  draft.release();
  await until(() => diary.waitingDrafts.value?.length === 1, "another look");
});
