/** A saved file that somebody changed to do harm is refused whole, before anything of it is taken. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileRefused, makeCairnFile } from "../../../pwa/client/domain/file.ts";
import { LAST_INSTANT, MOST_PARENTS } from "../../../pwa/client/replica/limits.ts";
import { checkFile } from "../../../pwa/client/store/checked-file.ts";

const idOf = (n: number): string => `${String(n).padStart(42, "A")}A`;
const writerOf = (n: number): string => String(n).padStart(16, "w");

function fileWith(revisions: number, at: number): string {
  const made = Array.from({ length: revisions }, (_, n) => ({
    id: idOf(n),
    parents: [],
    body: { type: "win", writers: { [writerOf(n)]: 1 }, fields: [["words", writerOf(n), 1, `words ${n}`, at]] },
  }));
  const record = { id: idOf(0), type: "win", in_trash: false, shown: {}, revisions: made };
  return JSON.stringify(makeCairnFile([record], "2026-05-14T09:00:00.000Z"));
}

const isMalformed = (cause: unknown): boolean => cause instanceof FileRefused && cause.code === "malformed";

test("a record with as many heads as an edit can name is taken", async () => {
  assert.equal((await checkFile(fileWith(MOST_PARENTS, 1)))[0]?.revisions.length, MOST_PARENTS);
});

test("a record with more heads than an edit can name is refused", async () => {
  await assert.rejects(checkFile(fileWith(MOST_PARENTS + 1, 1)), isMalformed);
});

test("the last moment that a clock can show is taken, one after it is refused", async () => {
  await checkFile(fileWith(1, LAST_INSTANT));
  await assert.rejects(checkFile(fileWith(1, LAST_INSTANT + 1)), isMalformed);
});
