/** A saved file that claims to know what nobody wrote yet: words beside it may go out of sight, and no record is blocked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CairnFile } from "../../../pwa/client/domain/file.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import type { RecordId } from "../../../pwa/client/replica/ids.ts";
import type { Vector } from "../../../pwa/client/replica/state.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { readEarlier } from "../../../pwa/client/store/earlier.ts";
import { readBack, saveToText } from "../../../pwa/client/store/file.ts";
import { type Context, change, Home, notes, syncAll } from "./devices.ts";

/** A check-in that another phone wrote, one that this phone did, and this phone's file, in which all their numbers are spent. */
async function spent(context: Context) {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const theirs = await other.diary.create(checkIn, { note: "of the other" });
  const own = await one.diary.create(checkIn, { note: "of this one" });
  await syncAll(one, other);
  const file = JSON.parse(await saveToText(one.diary, "2026-05-14T09:00:00.000Z")) as CairnFile;
  const records = file.records.map((record, i) => {
    const last = record.revisions.at(-1) ?? assert.fail("it has none");
    const body = last.body as { readonly writers: Vector };
    const writers = Object.fromEntries(Object.keys(body.writers).map((writer) => [writer, Number.MAX_SAFE_INTEGER]));
    const claim = { id: `${"A".repeat(41)}${i}A`, parents: [last.id], body: { ...body, writers } };
    return { ...record, revisions: [...record.revisions, claim] };
  });
  return { one, other, theirs, own, text: JSON.stringify({ ...file, records }) };
}

test("each phone can go on writing to every record, and all show the same", async (context) => {
  const { one, other, theirs, own, text } = await spent(context);
  await readBack(one.diary, text);
  assert.deepEqual(notes(one.diary), ["of the other", "of this one"]);
  await change(one.diary, own, "changed here");
  await syncAll(one, other);
  await change(other.diary, theirs, "changed there");
  await change(other.diary, theirs, "changed there again");
  await change(one.diary, own, "changed here again");
  await syncAll(one, other);
  for (const { diary } of [one, other]) assert.deepEqual(notes(diary), ["changed here again", "changed there again"]);
});

test("words that a phone had not sent yet stay among the earlier versions, and can be written again", async (context) => {
  const { one, other, theirs, text } = await spent(context);
  await change(other.diary, theirs, "typed offline");
  await readBack(one.diary, text);
  await syncAll(one, other);
  for (const { diary } of [one, other]) assert.ok((await wordings(diary, theirs)).includes("typed offline"));
  await change(other.diary, theirs, "typed offline");
  await syncAll(one, other);
  for (const { diary } of [one, other]) assert.ok(notes(diary).includes("typed offline"));
});

async function wordings(diary: Diary, id: RecordId): Promise<readonly unknown[]> {
  return (await readEarlier(diary, checkIn, id)).versions.map(({ values }) => values.note);
}
