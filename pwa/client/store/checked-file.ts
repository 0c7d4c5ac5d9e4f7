/**
 * Checking a saved file, whole, before anything of it is taken: every body is opened, every id stands once.
 */
import { type FileRecord, FileRefused, readCairnFile } from "../domain/file.ts";
import { MalformedBody, parseBody } from "../replica/body.ts";
import { parseRecordId, type RecordId } from "../replica/ids.ts";
import { MOST_PARENTS } from "../replica/limits.ts";
import type { State } from "../replica/state.ts";

/** A file that was checked whole, and can be read back. */
export type CheckedFile = readonly CheckedRecord[];

export interface CheckedRecord {
  readonly id: RecordId;
  /** Where in the file it stands. */
  readonly where: string;
  /** Parents before children. */
  readonly revisions: readonly CheckedRevision[];
}

export interface CheckedRevision {
  readonly id: string;
  readonly parents: readonly string[];
  readonly type: string;
  readonly state: State;
}

/** After so many records the browser gets a moment to draw, and to answer a tap. */
export const A_WHILE = 200;

/** Check the text of a file, every body of it. Needs no diary. Throws FileRefused. */
export async function checkFile(content: string): Promise<CheckedFile> {
  const { records } = readCairnFile(content);
  const checked: CheckedRecord[] = [];
  const ids = new Set<string>();
  for (const [i, record] of records.entries()) {
    if (ids.has(record.id)) throw new FileRefused("malformed", `records.${i}.id`);
    ids.add(record.id);
    checked.push(checkedRecord(record, `records.${i}`));
    if (i % A_WHILE === A_WHILE - 1) await nextTask();
  }
  return checked;
}

function checkedRecord(record: FileRecord, where: string): CheckedRecord {
  const ids = new Set<string>();
  const revisions = record.revisions.map(({ id, parents, body }, j) => {
    const here = `${where}.revisions.${j}`;
    if (ids.has(id)) throw new FileRefused("malformed", `${here}.id`);
    ids.add(id);
    if (parents.length > MOST_PARENTS) throw new FileRefused("malformed", `${here}.parents`);
    const { type, state } = bodyOf(body, `${here}.body`);
    if (type !== record.type) throw new FileRefused("malformed", `${here}.body`);
    return { id, parents, type, state };
  });
  if (headCount(revisions) > MOST_PARENTS) throw new FileRefused("malformed", `${where}.revisions`);
  return { id: parseRecordId(record.id), where, revisions: inOrderOfDescent(revisions) };
}

function bodyOf(body: unknown, where: string): { type: string; state: State } {
  try {
    return parseBody(new TextEncoder().encode(JSON.stringify({ saw: null, ...(body as object) })));
  } catch (cause) {
    // RangeError: lists within lists, so deep that no walk comes to their end.
    if (cause instanceof MalformedBody || cause instanceof RangeError) throw new FileRefused("malformed", where, cause);
    throw cause;
  }
}

/** How many revisions no other names: more than an edit can name as parents, no phone ever had. */
function headCount(revisions: readonly CheckedRevision[]): number {
  const named = new Set(revisions.flatMap(({ parents }) => parents));
  return revisions.filter(({ id }) => !named.has(id)).length;
}

/** Parents first. What names a parent that is not in the file stands where it can. */
function inOrderOfDescent(revisions: readonly CheckedRevision[]): readonly CheckedRevision[] {
  const waiting = new Map(revisions.map((revision) => [revision.id, revision]));
  const ordered: CheckedRevision[] = [];
  const place = (start: CheckedRevision): void => {
    const stack = [start];
    while (stack.length > 0) {
      const revision = stack.at(-1);
      if (revision === undefined) return;
      waiting.delete(revision.id);
      const parent = revision.parents.map((id) => waiting.get(id)).find((one) => one !== undefined);
      if (parent !== undefined) {
        stack.push(parent);
        continue;
      }
      ordered.push(revision);
      stack.pop();
    }
  };
  for (const revision of revisions) if (waiting.has(revision.id)) place(revision);
  return ordered;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
