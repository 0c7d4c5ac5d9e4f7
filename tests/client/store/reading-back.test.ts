/** A saved file: everything comes back, once; and no file, however it came about, harms what is here. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CairnFile } from "../../../pwa/client/domain/file.ts";
import { FileRefused } from "../../../pwa/client/domain/file.ts";
import { checkIn, settings, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { readBack, saveToText } from "../../../pwa/client/store/file.ts";
import { Phone } from "./phone.ts";

const MADE = "2026-05-14T12:00:00.000Z";
type Context = { after(done: () => void): void };
/** The file as something to change by hand. */
type Loose = { records: { id: string; type: string; revisions: { id: string; parents: string[]; body: LooseBody }[] }[]; count: number };
type LooseBody = { type: string; writers: Record<string, number>; fields: [string, string, number, unknown, number][] };

/** A diary with a check-in changed once, one in the trash, and a win. */
async function written(context: Context): Promise<Diary> {
  const diary = await new Phone(context).begin();
  const id = await diary.create(checkIn, { note: "first words" });
  await diary.create(checkIn, { note: "in the trash 😀" });
  await diary.create(win, { words: "الراحة\nمهمة" });
  const [first, second] = diary.all(checkIn).value;
  assert.ok(first?.id === id && second);
  await diary.change(checkIn, first, { note: "second words" });
  await diary.trash(checkIn, second as never);
  return diary;
}

async function saved(diary: Diary): Promise<CairnFile> {
  return JSON.parse(await saveToText(diary, MADE)) as CairnFile;
}

/** What a file says, without the ids that each phone gives anew. */
function content(file: CairnFile): unknown {
  return file.records
    .map(({ revisions, ...record }) => ({ ...record, bodies: revisions.map(({ body }) => JSON.stringify(body)).sort() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Read the file back into the diary it came from, changed by hand; gives what came of it. */
async function readChanged(diary: Diary, change: (file: Loose) => void): Promise<unknown> {
  const file = (await saved(diary)) as unknown as Loose;
  change(file);
  return readBack(diary, JSON.stringify(file)).catch((cause: unknown) => cause);
}

/** The record with the note that was changed once, its newest revision first. */
function changedNote(file: Loose): Loose["records"][number] {
  const record = file.records.find(({ revisions }) => JSON.stringify(revisions).includes("second words"));
  assert.ok(record);
  record.revisions.sort((a, b) => b.parents.length - a.parents.length);
  return record;
}

function notes(diary: Diary): readonly string[] {
  return diary.all(checkIn).value.flatMap((kept) => kept.texts("note").map(({ text }) => text));
}

async function refusedAt(diary: Diary, where: string, change: (file: Loose) => void): Promise<void> {
  const before = content(await saved(diary));
  const came = await readChanged(diary, change);
  assert.ok(came instanceof FileRefused, String(came));
  assert.deepEqual([came.code, came.where], ["malformed", where]);
  assert.deepEqual(content(await saved(diary)), before);
}

test("what one phone saved, another has whole: earlier versions and the trash too", async (context) => {
  const from = await written(context);
  const to = await new Phone(context).begin();
  assert.deepEqual(await readBack(to, await saveToText(from, MADE)), { added: 3, joined: 0, same: 0 });
  assert.deepEqual(content(await saved(to)), content(await saved(from)));
  assert.deepEqual(notes(to), ["second words"]);
});

test("a file read twice, or where it came from, changes nothing", async (context) => {
  const from = await written(context);
  const file = await saveToText(from, MADE);
  const before = await saved(from);
  assert.deepEqual(await readBack(from, file), { added: 0, joined: 0, same: 3 });
  assert.deepEqual(await saved(from), before);
  const to = await new Phone(context).begin();
  await readBack(to, file);
  const once = await saved(to);
  assert.deepEqual(await readBack(to, file), { added: 0, joined: 0, same: 3 });
  assert.deepEqual(await saved(to), once);
});

test("two phones that read each other's files end the same, with the words of both", async (context) => {
  const a = await written(context);
  const b = await new Phone(context).begin();
  await readBack(b, await saveToText(a, MADE));
  for (const [diary, note] of [
    [a, "on one"],
    [b, "on the other"],
  ] as const) {
    const [kept] = diary.all(checkIn).value;
    assert.ok(kept);
    await diary.change(checkIn, kept, { note });
  }
  await readBack(b, await saveToText(a, MADE));
  assert.deepEqual(await readBack(a, await saveToText(b, MADE)), { added: 0, joined: 1, same: 2 });
  assert.deepEqual([...notes(a)].sort(), ["on one", "on the other"]);
  assert.deepEqual([...notes(b)].sort(), ["on one", "on the other"]);
});

test("other words under the same ids stand beside those that are here", async (context) => {
  const diary = await written(context);
  const came = await readChanged(diary, (file) => {
    for (const field of changedNote(file).revisions[0]?.body.fields ?? []) if (field[0] === "note") field[3] = "forged";
  });
  assert.deepEqual(came, { added: 0, joined: 1, same: 2 });
  assert.deepEqual([...notes(diary)].sort(), ["forged", "second words"]);
});

test("an older revision that names a newer one as its parent does not push it aside", async (context) => {
  const diary = await written(context);
  const came = await readChanged(diary, (file) => {
    const [newest] = changedNote(file).revisions;
    assert.ok(newest);
    const writers = { BBBBBBBBBBBBBBBB: 1 };
    const body = { type: "check-in", writers, fields: [["note", "BBBBBBBBBBBBBBBB", 1, "from elsewhere", 1]] } as LooseBody;
    changedNote(file).revisions.push({ id: "A".repeat(43), parents: [newest.id], body });
  });
  assert.deepEqual(came, { added: 0, joined: 1, same: 2 });
  assert.deepEqual([...notes(diary)].sort(), ["from elsewhere", "second words"]);
});

test("a revision emptied by hand is refused, and what is here stays", async (context) => {
  await refusedAt(await written(context), "records.0.revisions", (file) => {
    const [newest] = changedNote(file).revisions;
    if (newest) newest.body.fields = [];
  });
});

test("garbage in a body, however deep, is refused with its place", async (context) => {
  const diary = await written(context);
  await refusedAt(diary, "records.1.revisions.0.body", (file) => {
    for (const revision of file.records[1]?.revisions.slice(0, 1) ?? []) revision.body = { garbage: true } as never;
  });
  const deep = "[".repeat(50_000) + "]".repeat(50_000);
  const text = (await saveToText(diary, MADE)).replace('"fields": [', `"fields": [${deep},`);
  await assert.rejects(readBack(diary, text), FileRefused);
  assert.deepEqual(notes(diary), ["second words"]);
});

test("a record or a revision that stands twice is refused", async (context) => {
  const diary = await written(context);
  await refusedAt(diary, "records.3.id", (file) => {
    file.records.push(...file.records.slice(0, 1));
    file.count += 1;
  });
  await refusedAt(diary, "records.0.revisions.2.id", (file) => {
    file.records[0]?.revisions.push(...file.records[0].revisions.slice(0, 1));
  });
});

test("a record of another type under an id that is here is refused", async (context) => {
  await refusedAt(await written(context), "records.0.type", (file) => {
    const [record] = file.records;
    if (!record) return;
    record.type = "win";
    for (const { body } of record.revisions) Object.assign(body, { type: "win", writers: { ...body.writers, BBBBBBBBBBBBBBBB: 1 } });
  });
});

test("a phone that has settings keeps its own; one that has none takes those of the file", async (context) => {
  const other = await new Phone(context).begin();
  await other.create(settings, { energy: "low" });
  await other.create(win, { words: "Sang" });
  const file = await saveToText(other, MADE);
  const set = await new Phone(context).begin();
  await set.create(settings, { energy: "full" });
  await readBack(set, file);
  assert.deepEqual(
    set.all(settings).value.map(({ values }) => values.energy),
    ["full"],
  );
  assert.equal(set.all(win).value.length, 1);
  const unset = await new Phone(context).begin();
  await readBack(unset, file);
  assert.deepEqual(
    unset.all(settings).value.map(({ values }) => values.energy),
    ["low"],
  );
});
