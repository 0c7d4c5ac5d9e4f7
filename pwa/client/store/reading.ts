/** Opening what stands in the log. */
import { parseBody, type Saw } from "../replica/body.ts";
import { type Header, NewerFormat, parseHeader } from "../replica/header.ts";
import { headsOf, type Known, type Opened } from "../replica/heads.ts";
import type { KeyId, RecordId } from "../replica/ids.ts";
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
  /** The vault's other keys. */
  readonly otherKeys?: ReadonlyMap<KeyId, VaultKeys>;
  /** Told what the maker of a revision from elsewhere had seen of the server. */
  readonly onSaw?: (saw: Saw, row: RevisionRow) => void;
  /** Told of a key that is not here. */
  readonly onNoKey?: (key: KeyId) => void;
}

/** Open one row. Never throws: what cannot be read is waiting for a later app or key, or it is broken. */
export async function readRevision(opener: Opener, row: RevisionRow): Promise<Read> {
  const header = headerOf(row);
  if (row.blob === undefined) return unread(row, header, "stub");
  const keys = opener.otherKeys?.get(header?.keyId ?? ("" as KeyId)) ?? opener.keys;
  try {
    const bytes = await opener.sealing.openRevision({ keys, id: row.id, header: row.header, blob: row.blob });
    const { type, state, saw } = parseBody(bytes);
    if (header?.record !== row.record) return unread(row, header, "broken");
    if (row.received && saw !== null) opener.onSaw?.(saw, row);
    return { id: row.id, type, state, parents: header.parents, kind: kindOf(header), verdict: "opened" };
  } catch (cause) {
    if (!isForLater(cause)) return unread(row, header, "broken");
    if (header !== null) opener.onNoKey?.(header.keyId);
    return unread(row, header, "waiting");
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

function unread({ id }: RevisionRow, header: Header | null, verdict: "waiting" | "broken" | "stub"): Read {
  return { id, type: "", state: null, parents: header?.parents ?? [], kind: kindOf(header), verdict };
}

/** In a record there are edits, and erases in a group; entries of the roll are kept elsewhere. */
function kindOf(header: Header | null): Known["kind"] {
  return header?.kind === "erase" ? "erase" : "edit";
}

/** None where the bytes are no header that this app knows. */
function headerOf({ header }: RevisionRow): Header | null {
  try {
    return parseHeader(header);
  } catch {
    return null;
  }
}

function follows(item: Item | undefined, read: Read): read is ReadOpened {
  if (read.verdict !== "opened") return false;
  if (item === undefined) return read.parents.length === 0;
  return read.parents.length > 0 && read.parents.every((parent) => item.heads.some((head) => head.id === parent));
}
