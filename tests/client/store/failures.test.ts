/** When the phone's storage fails: nothing half written, nothing lost, a code that says why, and it works again after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, goal, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { StoreFailure } from "../../../pwa/client/store/failures.ts";
import { saveToText } from "../../../pwa/client/store/file.ts";
import { FAULTS, type Fault, plan } from "./faults.ts";
import { dayOf, everyText, headsInLog, logged, named, Phone, type Rows, remembered, until } from "./phone.ts";

/** One thing a person does, and the words it leaves. */
interface Act {
  readonly what: string;
  run(diary: Diary, words: string): Promise<unknown>;
}

function shown(diary: Diary, words: string) {
  const kept = diary.all(checkIn).value.find(({ values }) => values.note?.startsWith(words));
  assert.ok(kept);
  return kept;
}

const ACTS: readonly Act[] = [
  { what: "create", run: (diary, note) => diary.create(checkIn, { note }) },
  { what: "change", run: (diary, note) => diary.change(checkIn, shown(diary, "first"), { note }) },
  {
    what: "save two at once, from a draft",
    run: async (diary, note) => {
      const draft = await diary.draft("check-in");
      try {
        await diary.save(
          [
            { type: checkIn, kept: shown(diary, "first") as never, values: { note } },
            { type: win, id: diary.newId(), values: { words: `${note}, a win` } },
          ],
          { draft },
        );
      } finally {
        draft.release();
      }
    },
  },
  { what: "trash", run: (diary) => diary.trash(checkIn, shown(diary, "second") as never) },
];

/** A diary with two notes and a draft. */
async function begun(context: { after(done: () => void): void }): Promise<{ phone: Phone; diary: Diary }> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "first" });
  await diary.create(checkIn, { note: "second" });
  const draft = await diary.draft("check-in");
  await draft.keep({ note: "typed and not saved" });
  draft.release();
  await diary.whole();
  return { phone, diary };
}

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

function contents({ vault, revisions, heads, local, probe }: Rows): unknown {
  return { vault: vault.length, revisions, heads, local, probe };
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
        assert.deepEqual(await named(phone), await headsInLog(diary), where);
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
  const upgrade = indexedDB.open(second.name, 2);
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
