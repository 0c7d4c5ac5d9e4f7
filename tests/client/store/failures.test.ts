/** When the phone's storage fails: nothing half written, nothing lost, a code that says why, and it works again after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_TEXT } from "../../../pwa/client/domain/field.ts";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import { checkValues } from "../../../pwa/client/domain/schema.ts";
import { StoreFailure } from "../../../pwa/client/store/failures.ts";
import { saveToText } from "../../../pwa/client/store/file.ts";
import { ACTS, begun, contents } from "./acts.ts";
import { FAULTS, type Fault, plan } from "./faults.ts";
import { dayOf, everyText, logged, Phone, remembered } from "./phone.ts";

/** Run with a fault; gives what came of it, and whether the fault was met at all. */
async function withFault(planned: ReturnType<typeof plan>, work: () => Promise<unknown>): Promise<{ failure: unknown; isMet: boolean }> {
  try {
    const failure: unknown = await work().then(
      () => null,
      (cause: unknown) => cause,
    );
    return { failure, isMet: planned.isMet };
  } finally {
    planned.end();
  }
}

for (const fault of FAULTS) {
  test(`"${fault}" at any step of any write: all or nothing, and the next try works`, async (context) => {
    for (const { what, run } of ACTS) {
      for (let at = 1, isMet = true; isMet; at++) {
        const { phone, diary } = await begun(context);
        const before = contents(await phone.rows());
        const came = await withFault(plan({ fault, at, isWriting: true }), () => run(diary, "first, and then some"));
        isMet = came.isMet;
        const where = `${what}, step ${at}`;
        if (came.failure !== null) {
          assert.ok(came.failure instanceof StoreFailure, `${where}: ${came.failure}`);
          assert.ok(["full", "not-kept"].includes(came.failure.code), `${where}: ${came.failure.code}`);
          if (fault === "full" || fault === "full-at-commit") assert.equal(came.failure.code, "full", where);
          assert.deepEqual(contents(await phone.rows()), before, `${where}: something was written`);
          await run(diary, "first, and then some");
        }
        const revisions = what.startsWith("save two") ? 4 : 3;
        assert.equal((await phone.rows()).revisions.length, revisions, `${where}: written twice`);
        const texts = await everyText(diary);
        if (what !== "trash") assert.ok(texts.has("first, and then some"), where);
        assert.deepEqual(remembered(diary), await logged(diary), where);
        assert.deepEqual(remembered(await phone.open()), remembered(diary), where);
        const wins = diary.all(win).value.filter(({ values }) => values.words?.endsWith("a win")).length;
        assert.equal(wins, what.startsWith("save two") ? 1 : 0, `${where}: a record twice, or not at all`);
        const draft = await diary.draft("check-in");
        assert.deepEqual(draft.left, what.startsWith("save two") ? null : { note: "typed and not saved" }, where);
        phone.close(diary);
      }
    }
  });
}

test("a phone that stays full says so, shows everything, and keeps the draft", async (context) => {
  const { phone, diary } = await begun(context);
  const planned = plan({ fault: "full", at: 1, isLasting: true, isWriting: true });
  try {
    for (const { run } of ACTS) await assert.rejects(() => run(diary, "first, more"), { code: "full" });
    const draft = await diary.draft("win");
    await assert.rejects(() => draft.keep({ words: "x" }), { code: "full" });
    const again = await phone.open();
    assert.equal(again.phase.value, "open", "a full phone keeps nobody from reading");
    assert.deepEqual(remembered(again), remembered(diary));
    assert.ok((await saveToText(again, "2026-05-14T09:00:00.000Z")).includes("second"));
  } finally {
    planned.end();
  }
  assert.deepEqual((await diary.draft("check-in")).left, { note: "typed and not saved" });
});

test("a browser that fails and does not say why: not kept, and nothing is there", async (context) => {
  for (const fault of ["given-up", "throws"] satisfies Fault[]) {
    const { phone, diary } = await begun(context);
    const before = contents(await phone.rows());
    const planned = plan({ fault, at: 1, isLasting: true, isWriting: true });
    try {
      for (const { run } of ACTS) await assert.rejects(() => run(diary, "first, more"), { code: "not-kept" }, fault);
    } finally {
      planned.end();
    }
    assert.deepEqual(contents(await phone.rows()), before, fault);
    for (const { run } of ACTS) await run(diary, "first, more");
    assert.deepEqual(remembered(await phone.open()), remembered(diary), fault);
  }
});

test("a snapshot that could not be written leaves the old one whole, and its months are written later", async (context) => {
  for (const fault of ["full", "given-up", "full-at-commit"] satisfies Fault[]) {
    const phone = new Phone(context);
    const diary = await phone.begin();
    const old = await diary.create(checkIn, { day: dayOf("2025-03-03"), note: "old" });
    for (let i = 0; i < 50; i++) await diary.create(win, { words: `win ${i}` });
    await diary.rest();
    const kept = diary.one(checkIn, old);
    assert.ok(kept);
    await diary.change(checkIn, kept, { note: "old, corrected" });
    for (let i = 0; i < 50; i++) await diary.create(win, { words: `more ${i}` });
    const before = (await phone.rows()).local;
    const planned = plan({ fault, at: 1, isLasting: true, isWriting: true });
    await diary.rest();
    planned.end();
    assert.deepEqual((await phone.rows()).local, before);
    await Promise.all([diary.rest(), diary.rest()]);
    assert.notDeepEqual((await phone.rows()).local, before);
    const again = await phone.open();
    await again.whole();
    assert.equal(again.one(checkIn, old)?.values.note, "old, corrected");
    assert.deepEqual(remembered(again), await logged(again));
  }
});

test("months that cannot be read now are read when they are asked for, and today goes on", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (let i = 0; i < 60; i++) await diary.create(checkIn, { day: dayOf(`2025-0${1 + (i % 9)}-03`), note: `note ${i}` });
  await diary.rest();
  const again = await phone.open();
  const planned = plan({ fault: "full", at: 1, isLasting: true });
  await assert.rejects(() => again.whole(), StoreFailure);
  assert.equal(again.phase.value, "open");
  assert.equal(again.isWhole.value, false);
  planned.end();
  await again.whole();
  assert.equal(again.isWhole.value, true);
  assert.deepEqual(remembered(again), await logged(again));
});

test("a connection that was dropped is opened anew, for reading and for writing", async (context) => {
  const { phone, diary } = await begun(context);
  for (const at of [1, 2, 3, 4]) {
    const planned = plan({ fault: "closed", at });
    const results = await Promise.allSettled([
      diary.create(win, { words: `dropped at ${at}` }),
      diary.draft(`form ${at}`).then((draft) => draft.keep({ note: "x" })),
      diary.inside.log.readOn(),
    ]);
    planned.end();
    for (const result of results) assert.equal(result.status, "fulfilled", `at ${at}: ${JSON.stringify(result)}`);
  }
  assert.equal(diary.all(win).value.length, 4);
  assert.deepEqual(remembered(await phone.open()), remembered(diary));
});

for (const [what, note] of [
  ["letters", "a".repeat(LONGEST_TEXT)],
  ["emoji", "🌿".repeat(LONGEST_TEXT)],
  ["both", `${"a".repeat(LONGEST_TEXT - 1)}🌿`],
] as const) {
  test(`the longest text that a form takes is kept, and one character more is taken by neither: ${what}`, async (context) => {
    const { phone, diary } = await begun(context);
    assert.deepEqual(checkValues(checkIn, { note }), []);
    const id = await diary.create(checkIn, { note });
    assert.equal((await phone.open()).one(checkIn, id)?.values.note, note);
    assert.deepEqual(
      checkValues(checkIn, { note: `${note}🌿` }).map(({ code }) => code),
      ["too-long"],
    );
    await assert.rejects(() => diary.create(checkIn, { note: `${note}🌿` }), { code: "refused" });
  });
}

test("what cannot be written is refused with its code, and the rest of the save with it", async (context) => {
  const { phone, diary } = await begun(context);
  const before = contents(await phone.rows());
  const refusals: unknown[] = ["x".repeat(10_001), 0.5, Number.NaN, 1n, () => 1, Symbol("x"), { a: undefined }, [undefined]];
  for (const note of refusals) {
    const saves = [
      { type: win, id: diary.newId(), values: { words: "sound" } },
      { type: checkIn, id: diary.newId(), values: { note } },
    ];
    await assert.rejects(() => diary.save(saves), { code: "refused" });
  }
  assert.deepEqual(contents(await phone.rows()), before);
  assert.equal(diary.all(win).value.length, 0);
});
