/** Opening what stands in the log. */
import { parseBody } from "../replica/body.ts";
import { NewerFormat, parseHeader } from "../replica/header.ts";
import { headsOf, type Known, type Opened } from "../replica/heads.ts";
import type { RecordId, RevisionId } from "../replica/ids.ts";
import { NotOpened } from "../vault/blob.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import type { RevisionRow } from "./database.ts";
import { type Item, itemOf } from "./records.ts";

/** A revision as far as it can be read, with the type of its record; "" where that cannot be told. */
export type Read = Known & { readonly type: string };
export type ReadOpened = Opened & { readonly type: string };

export interface Opener {
  readonly keys: VaultKeys;
  readonly sealing: Sealing;
}

/** Open one row. Never throws: what cannot be read is waiting for a later app or key, or it is broken. */
export async function readRevision({ keys, sealing }: Opener, row: RevisionRow): Promise<Read> {
  try {
    const body = parseBody(await sealing.openRevision({ keys, id: row.id, header: row.header, blob: row.blob }));
    const { parents, record } = parseHeader(row.header);
    if (record !== row.record) return unread(row, "broken");
    return { id: row.id, type: body.type, state: body.state, parents, kind: "edit", verdict: "opened" };
  } catch (cause) {
    return unread(row, isForLater(cause) ? "waiting" : "broken");
  }
}

/** Work a record's heads out from all of its revisions. */
export function readHeads(record: RecordId, history: readonly Read[]): Item {
  const type = history.find((read) => read.type !== "")?.type ?? "";
  return itemOf(record, type, headsOf(history));
}

/** Gather what is about one record, in the order it came. */
export function byRecord<T>(rows: readonly { readonly record: RecordId; readonly read: T }[]): ReadonlyMap<RecordId, readonly T[]> {
  const gathered = new Map<RecordId, T[]>();
  for (const { record, read } of rows) {
    const reads = gathered.get(record);
    if (reads === undefined) gathered.set(record, [read]);
    else reads.push(read);
  }
  return gathered;
}

/** The record with these revisions on top of its heads; undefined where they stand on others, and all must be read. */
export function onTopOf(record: RecordId, before: Item | undefined, reads: readonly Read[]): Item | undefined {
  let item = before;
  for (const read of reads) {
    if (item?.heads.some((head) => head.id === read.id)) continue;
    if (!follows(item, read)) return undefined;
    const others = (item?.heads ?? []).filter((head) => !read.parents.includes(head.id));
    item = itemOf(record, item?.type || read.type, [...others, read]);
  }
  return item;
}

/** A later version of the app, or a key that is not here yet, opens it. */
function isForLater(cause: unknown): boolean {
  return cause instanceof NewerFormat || (cause instanceof NotOpened && cause.code === "wrong-key");
}

function unread({ id, header }: RevisionRow, verdict: "waiting" | "broken"): Read {
  return { id, type: "", state: null, parents: parentsIn(header), kind: "edit", verdict };
}

function parentsIn(bytes: Uint8Array): readonly RevisionId[] {
  try {
    return parseHeader(bytes).parents;
  } catch {
    return [];
  }
}

function follows(item: Item | undefined, read: Read): read is ReadOpened {
  if (read.verdict !== "opened") return false;
  if (item === undefined) return read.parents.length === 0;
  return read.parents.length > 0 && read.parents.every((parent) => item.heads.some((head) => head.id === parent));
}
