/**
 * The snapshot: the diary as it was at some row of the log, sealed in a few pieces, so that opening reads those and
 * the few rows since, instead of every revision.
 *
 * `near` holds what Today needs: everything without a day, the last days, and of each activity the last session. Each
 * other piece holds one month. A snapshot is only ever a copy of what the log says: one that is missing, damaged or of
 * another form is put aside, and the log is read instead.
 *
 * All pieces belong together: near says of each month the row of the log that its piece is up to, and a piece of another
 * row, which another tab has put there since, is not read. Whoever writes only the months that changed must know the
 * snapshot that is here, by the bytes of its near piece; where another tab has put its own there, all of it is written,
 * unless what is there is up to a later row.
 */
import { FORMAT } from "../replica/header.ts";
import type { Opened } from "../replica/heads.ts";
import type { KeyId, RecordId, RevisionId } from "../replica/ids.ts";
import type { Entry, State } from "../replica/state.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import { dayOfItem } from "./by-day.ts";
import type { Database } from "./database.ts";
import { type Item, itemOf } from "./records.ts";
import { readFrom, writeInVault } from "./transaction.ts";

/** Of this file, and of the latest revisions that could be read: what a later app can read may have waited here. */
const FORM = `2/${FORMAT}`;
const NEAR = "snapshot/near";
const MONTH = "snapshot/month/";

/** What the first piece says beside its records. */
interface Near {
  readonly form: string;
  /** The last row of the log that the snapshot covers. */
  readonly upTo: number;
  readonly months: readonly (readonly [month: string, upTo: number])[];
  readonly items: readonly PackedItem[];
  /** Keys that revisions wait for which are not in here; a snapshot of before has none. */
  readonly waitsFor?: readonly KeyId[];
}

interface Month {
  readonly form: string;
  readonly upTo: number;
  readonly items: readonly PackedItem[];
}

/** [id, type, heads], each head [id, writers, entries]; entries as a body has them. */
type PackedItem = readonly [RecordId, string, readonly PackedHead[]];
type PackedHead = readonly [RevisionId, State["writers"], readonly PackedEntry[]];
type PackedEntry = readonly [Entry["field"], Entry["writer"], Entry["n"], Entry["value"], Entry["at"]];

type Bytes = Uint8Array<ArrayBuffer>;

export interface SnapshotOptions {
  readonly database: Database;
  readonly keys: VaultKeys;
  readonly sealing: Sealing;
}

/** What a snapshot is known by. */
export interface Known {
  readonly upTo: number;
  /** The row of the log that each month's piece is up to. */
  readonly months: ReadonlyMap<string, number>;
  /** The near piece as it is stored: no two are alike. */
  readonly mark: Bytes;
}

/** A snapshot that was opened: what is near at once, the months when they are asked for. */
export interface Opening extends Known {
  readonly items: readonly Item[];
  /** Keys that revisions wait for which are not in it. */
  readonly waitsFor: readonly KeyId[];
}

export interface SnapshotToWrite {
  readonly items: Iterable<Item>;
  /** The row of the log that the items are up to. */
  readonly upTo: number;
  /** The first day that is near, and records of earlier days that are needed with them. */
  readonly since: string;
  readonly needed: ReadonlySet<RecordId>;
  readonly waitsFor: ReadonlySet<KeyId>;
  /** What is here, and which of its months have changed since; null to write all. */
  readonly over: { readonly known: Known; readonly changed: ReadonlySet<string> } | null;
}

/** Read the first piece, sealed as it is. */
export function readNear(database: Database): Promise<Bytes | undefined> {
  return sealedPiece(database, NEAR);
}

/** Open the first piece; null where there is no snapshot that can be used. */
export async function openNear(options: SnapshotOptions, near: ReturnType<typeof readNear>): Promise<Opening | null> {
  const mark = await near;
  if (mark === undefined) return null;
  const piece = (await openPiece(options, NEAR, mark)) as Near | null;
  if (piece === null || piece.form !== FORM) return null;
  const { upTo, months, items, waitsFor = [] } = piece;
  return { upTo, months: new Map(months), items: items.map(unpackItem), waitsFor, mark };
}

/** Open a month's piece; null where it cannot be used, or is not of this snapshot. */
export async function openMonth(options: SnapshotOptions, { months }: Known, month: string): Promise<readonly Item[] | null> {
  const sealed = await sealedPiece(options.database, MONTH + month);
  if (sealed === undefined) return null;
  const piece = (await openPiece(options, MONTH + month, sealed)) as Month | null;
  if (piece === null || piece.form !== FORM || piece.upTo !== months.get(month)) return null;
  return piece.items.map(unpackItem);
}

/**
 * Write a snapshot in one transaction, and give what it is known by; null, and nothing is written, when what is here is
 * not what `over` says, or is up to a later row. Throws StoreFailure.
 */
export async function writeSnapshot(
  options: SnapshotOptions,
  { items, upTo, since, needed, waitsFor, over }: SnapshotToWrite,
): Promise<Known | null> {
  const near: PackedItem[] = [];
  const months = new Map<string, number>();
  const toWrite = new Map<string, PackedItem[]>();
  for (const item of items) {
    const day = dayOfItem(item);
    if (day === null || day >= since || needed.has(item.id)) near.push(packItem(item));
    if (day === null) continue;
    const month = monthOf(day);
    const asItIs = over === null || over.changed.has(month) ? undefined : over.known.months.get(month);
    months.set(month, asItIs ?? upTo);
    if (asItIs !== undefined) continue;
    const ofMonth = toWrite.get(month) ?? [];
    toWrite.set(month, ofMonth);
    ofMonth.push(packItem(item));
  }
  const here = over === null ? await readNear(options.database) : over.known.mark;
  if (over === null && ((await openNear(options, Promise.resolve(here)))?.upTo ?? 0) > upTo) return null;
  const pieces = new Map<string, Bytes>();
  for (const [month, packed] of toWrite) {
    const piece = { form: FORM, upTo, items: packed } satisfies Month;
    pieces.set(MONTH + month, await sealPiece(options, MONTH + month, piece));
  }
  const mark = await sealPiece(options, NEAR, {
    form: FORM,
    upTo,
    months: [...months],
    items: near,
    waitsFor: [...waitsFor],
  } satisfies Near);
  pieces.set(NEAR, mark);
  return writeInVault(options.database, options.keys.space, {
    stores: ["vault", "local"],
    durability: "relaxed",
    work: async (transaction) => {
      const store = transaction.objectStore("local");
      if (!isSame(await store.get(NEAR), here)) return null;
      await Promise.all([...pieces].map(async ([name, bytes]) => store.put(bytes, name)));
      return { upTo, months, mark };
    },
  });
}

/** The month of a record, as a piece is named; null for what has no day. */
export function monthOfItem(item: Item): string | null {
  const day = dayOfItem(item);
  return day === null ? null : monthOf(day);
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

function isSame(one: Bytes | undefined, other: Bytes | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function sealedPiece(database: Database, name: string): Promise<Bytes | undefined> {
  return readFrom(database, "local", (store) => store.get(name));
}

async function openPiece({ keys, sealing }: SnapshotOptions, name: string, sealed: Bytes): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await sealing.openLocal(keys, name, sealed)));
  } catch {
    return null;
  }
}

function sealPiece({ keys, sealing }: SnapshotOptions, name: string, piece: unknown): Promise<Bytes> {
  return sealing.sealLocal(keys, name, new TextEncoder().encode(JSON.stringify(piece)));
}

function packItem({ id, type, heads }: Item): PackedItem {
  return [id, type, heads.map(({ id: head, state }) => [head, state.writers, state.entries.map(packEntry)] as const)];
}

function packEntry({ field, writer, n, value, at }: Entry): PackedEntry {
  return [field, writer, n, value, at];
}

function unpackItem([id, type, heads]: PackedItem): Item {
  return itemOf(id, type, heads.map(unpackHead));
}

/** A head's parents are needed no more: they are no heads. */
function unpackHead([id, writers, entries]: PackedHead): Opened {
  const state = { writers, entries: entries.map(([field, writer, n, value, at]) => ({ field, writer, n, value, at })) };
  return { id, parents: [], kind: "edit", state, verdict: "opened" };
}
