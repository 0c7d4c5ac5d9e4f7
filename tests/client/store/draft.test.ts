/** One draft's writes: in the order in which it was typed, giving way to a save, and told where they fail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { sealing as shipped } from "../../../pwa/client/vault/sealing.ts";
import { FAULTS, plan } from "./faults.ts";
import { Phone } from "./phone.ts";

async function left(diary: Diary, name: string): Promise<unknown> {
  const draft = await diary.draft(name);
  draft.release();
  return draft.left;
}

test("typing faster than the phone writes: writes follow one another, and the last value stands", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  for (let typed = 1; typed <= 200; typed++) {
    const kept = draft.keep({ typed });
    for (let i = 0; i < typed % 7; i++) await Promise.resolve();
    if (typed % 13 === 0) await kept;
  }
  await draft.keep({ typed: 201 });
  draft.release();
  assert.deepEqual(await left(diary, "check-in"), { typed: 201 });
});

test("whatever moment a value comes at, when its keep has resolved it or a later one is there", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  const written = async (): Promise<unknown> => {
    const other = await phone.open();
    for (const [key, value] of (await phone.rows()).local) if (key === draft.row) await phone.tamper("local", "draft/read/1", value);
    phone.close(other);
    return (await phone.rows()).local.length;
  };
  assert.equal(await written(), 0);
  for (let pause = 0; pause < 60; pause++) {
    const first = draft.keep({ value: 2 * pause });
    let turns = 0;
    let isDone = false;
    void first.then(() => {
      isDone = true;
    });
    // Come again just around the moment at which the first write ends.
    while (!isDone && turns < pause * 4) {
      turns++;
      await Promise.resolve();
      if (turns % 40 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all([first, draft.keep({ value: 2 * pause + 1 })]);
    draft.release();
    const again = await diary.draft("check-in");
    assert.deepEqual(again.left, { value: 2 * pause + 1 }, `after ${turns} turns`);
    again.release();
  }
});

test("a draft goes with the save, in the same transaction; when that fails, both stay", async (context) => {
  for (const fault of FAULTS) {
    for (let at = 1, isMet = true; isMet; at++) {
      const phone = new Phone(context);
      const diary = await phone.begin();
      const draft = await diary.draft("check-in");
      await draft.keep({ note: "Tired" });
      draft.giveWay();
      const planned = plan({ fault, at, isWriting: true });
      const isSaved = await diary.create(checkIn, { note: "Tired" }, { draft }).then(
        () => true,
        () => false,
      );
      planned.end();
      isMet = planned.isMet;
      draft.release();
      assert.deepEqual(await left(diary, "check-in"), isSaved ? null : { note: "Tired" }, `${fault} ${at}`);
      assert.equal((await phone.open()).all(checkIn).value.length, isSaved ? 1 : 0, `${fault} ${at}`);
      phone.close(diary);
    }
  }
});

test("a save that changes nothing drops its draft all the same", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const id = await diary.create(checkIn, { note: "Tired" });
  const draft = await diary.draft("check-in");
  await draft.keep({ note: "Tired" });
  const kept = diary.one(checkIn, id);
  assert.ok(kept);
  await diary.change(checkIn, kept, { note: "Tired" }, { draft });
  draft.release();
  assert.equal(await left(diary, "check-in"), null);
  assert.equal((await phone.rows()).revisions.length, 1);
});

test("what settles before a save does not come back after it", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (let pause = 0; pause < 30; pause++) {
    const draft = await diary.draft("check-in");
    const writes = [draft.keep("a"), draft.keep("b")];
    for (let i = 0; i < pause; i++) await Promise.resolve();
    draft.giveWay();
    await diary.create(checkIn, { note: "b" }, { draft });
    await Promise.all(writes);
    draft.release();
    assert.equal(await left(diary, "check-in"), null, `pause ${pause}`);
  }
});

test("a save waits for no draft: what is being kept of it gives way, and what fails leaves what was kept before", async (context) => {
  for (const fault of [null, "full"] as const) {
    const phone = new Phone(context);
    const diary = await phone.begin();
    const draft = await diary.draft("check-in");
    await draft.keep("kept");
    const asked: string[] = [];
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...values) {
      asked.push(`${this.name} asked`);
      this.transaction.addEventListener("complete", () => asked.push(`${this.name} kept`));
      return put.apply(this, values);
    };
    const planned = fault === null ? null : plan({ fault: "full-at-commit", at: 1, isWriting: true });
    try {
      const typed = draft.keep("typed");
      while (!asked.includes("local asked")) await new Promise((resolve) => setImmediate(resolve));
      draft.giveWay();
      const saved = diary.create(checkIn, { note: "typed" }, { draft }).then(
        () => true,
        () => false,
      );
      await typed;
      assert.equal(await saved, fault === null);
    } finally {
      planned?.end();
      IDBObjectStore.prototype.put = put;
    }
    assert.ok(!asked.includes("local kept"), "the draft held up the save");
    draft.release();
    assert.equal(await left(diary, "check-in"), fault === null ? null : "kept");
  }
});

test("what is typed while a save runs is kept, whichever is first", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  await draft.keep("Tired");
  const saving = diary.create(checkIn, { note: "Tired" }, { draft });
  const keeping = draft.keep("and then something new");
  await Promise.all([saving, keeping]);
  await draft.keep("and then something new");
  draft.release();
  assert.equal(await left(diary, "check-in"), "and then something new");
});

test("however long one types, no write leaves anything behind in memory", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  const listening = context.mock.method(AbortSignal.prototype, "addEventListener");
  const done = context.mock.method(AbortSignal.prototype, "removeEventListener");
  for (let typed = 1; typed <= 20; typed++) await draft.keep({ typed });
  assert.ok(listening.mock.callCount() >= 20);
  assert.equal(done.mock.callCount(), listening.mock.callCount());
  draft.release();
});

test("a dropped draft is gone, and stays gone", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  const keeping = draft.keep("x");
  await draft.drop();
  await keeping;
  draft.release();
  assert.equal(await left(await phone.open(), "check-in"), null);
});

test("a draft that could not be kept says so, and the next value is tried", async (context) => {
  for (const fault of ["full", "full-at-commit"] as const) {
    const phone = new Phone(context);
    const diary = await phone.begin();
    const draft = await diary.draft("check-in");
    await draft.keep("first");
    const planned = plan({ fault, at: 1, isWriting: true });
    await assert.rejects(() => draft.keep("second"), { code: "full" });
    planned.end();
    await draft.keep("third");
    draft.release();
    assert.equal(await left(diary, "check-in"), "third");
  }
});

test("as the page goes nothing is waited for, and nothing older is written over what is newest", async (context) => {
  const held: (() => void)[] = [];
  const slow = async (...given: Parameters<typeof shipped.sealLocal>) => {
    const sealed = await shipped.sealLocal(...given);
    await new Promise<void>((resolve) => held.push(resolve));
    return sealed;
  };
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const phone = new Phone(context, { sealing: { ...shipped, sealLocal: slow } });
    const diary = await phone.begin();
    const draft = await diary.draft("check-in");
    const kept = [draft.keep("1"), draft.keepAtOnce("12"), draft.keepAtOnce("123")];
    while (held.length < kept.length) await new Promise((resolve) => setImmediate(resolve));
    for (const which of order) {
      held[which]?.();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(kept);
    held.length = 0;
    draft.release();
    assert.equal(await left(diary, "check-in"), "123", `sealed in the order ${order}`);
  }
});

test("as the page goes a value is sealed once, however often it is asked for", async (context) => {
  const phone = new Phone(context);
  const sealLocal = context.mock.fn(shipped.sealLocal);
  const diary = await phone.begin({ sealing: { ...shipped, sealLocal } });
  const draft = await diary.draft("check-in");
  await Promise.all([draft.keepAtOnce("the last words"), draft.keepAtOnce("the last words")]);
  assert.equal(sealLocal.mock.callCount(), 1);
  draft.release();
  assert.equal(await left(diary, "check-in"), "the last words");
});

test("as the page goes a save still has the last word, and what was dropped stays gone", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (const end of ["save", "drop", "clear"] as const) {
    for (let pause = 0; pause < 30; pause++) {
      const draft = await diary.draft("check-in");
      const going = draft.keepAtOnce("Tired");
      for (let i = 0; i < pause; i++) await Promise.resolve();
      if (end === "drop") await draft.drop();
      else if (end === "clear") await draft.keep(null);
      else {
        draft.giveWay();
        await diary.create(checkIn, { note: "Tired" }, { draft });
      }
      await going;
      draft.release();
      assert.equal(await left(diary, "check-in"), null, `${end} after ${pause}`);
    }
  }
});

test("what is written as the page goes into a vault that is another by now does not stay", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const draft = await diary.draft("check-in");
  const slot = new Map((await phone.rows()).vault).get("slot");
  assert.ok(typeof slot === "object" && slot !== null);
  await phone.tamper("vault", "slot", { ...slot, space: "A".repeat(22) });
  await assert.rejects(() => draft.keepAtOnce("Tired"), { code: "gone" });
  assert.deepEqual((await phone.rows()).local, []);
});
