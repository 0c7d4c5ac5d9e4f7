/** Writing what came from the server: rows, ids and how far the server is known, all in one transaction. */
import type { RevisionId, SpaceId } from "../replica/ids.ts";
import type { Database, RevisionRow } from "./database.ts";
import type { RollRow, SeenRow, SyncState } from "./sync-rows.ts";
import { readFrom, type Writable, writeInVault } from "./transaction.ts";

export interface Vaulted {
  readonly database: Database;
  readonly keys: { readonly space: SpaceId };
}

/** What is to be written together. What is here already stays as it is, but a stub gives way to its content. */
export interface Received {
  readonly revisions?: readonly RevisionRow[];
  readonly roll?: readonly RollRow[];
  readonly seen?: SeenRow;
  /** What was seen of the state's generation is not so any more. */
  readonly isOtherPast?: boolean;
  /** As it is to be once that is written; `sentUpTo` goes past what came, where nothing is left to be sent before it. */
  readonly state: SyncState;
}

/** Gives the state as it was written. Throws StoreFailure; then nothing was written. */
export function writeReceived(
  { database, keys }: Vaulted,
  { revisions = [], roll = [], seen, isOtherPast = false, state }: Received,
): Promise<SyncState> {
  return writeInVault(database, keys.space, {
    stores: ["vault", "revisions", "roll", "seen", "sync"],
    // What came can come again.
    durability: "relaxed",
    work: async (transaction) => {
      const { generation } = state;
      if (isOtherPast) await transaction.objectStore("seen").delete(IDBKeyRange.bound([generation, 0], [generation, Infinity]));
      const [last, seqs] = await Promise.all([
        lastOf(transaction),
        Promise.all(revisions.map((row) => put(transaction, row))),
        ...roll.map((row) => putRoll(transaction, row)),
        putSeen(transaction, seen),
      ]);
      const sentUpTo = state.sentUpTo >= last ? Math.max(state.sentUpTo, last, ...seqs) : state.sentUpTo;
      const now = { ...state, sentUpTo, ...(seqs.some((seq) => seq > 0) ? { isUnchecked: true } : {}) };
      await transaction.objectStore("sync").put(now, "state");
      return now;
    },
  });
}

/** Rows of the log after this one, as they stand there, at most so many. */
export function rowsAfter(database: Database, seq: number, most?: number): Promise<RevisionRow[]> {
  return readFrom(database, "revisions", (store) => store.getAll(IDBKeyRange.lowerBound(seq, true), most));
}

/** Those of the revisions that are here; undefined in the place of those that are not. */
export function rowsOf(database: Database, ids: readonly RevisionId[]): Promise<(RevisionRow | undefined)[]> {
  return readFrom(database, "revisions", (store) => Promise.all(ids.map(async (id) => store.index("id").get(id))));
}

/** Entries of the roll that are here, in the order they were met. */
export function rollRows(database: Database): Promise<RollRow[]> {
  return readFrom(database, "roll", (store) => store.getAll());
}

/** The page of ids that this number of a generation is in, or the last before it. */
export function seenRow(database: Database, generation: string, seq: number): Promise<SeenRow | undefined> {
  return readFrom(database, "seen", async (store) => {
    const cursor = await store.openCursor(IDBKeyRange.bound([generation, 0], [generation, seq]), "prev");
    return cursor?.value;
  });
}

type Transaction = Writable<"vault" | "revisions" | "roll" | "seen" | "sync">;

/** The number of the log's last row before this transaction: asked first. */
async function lastOf(transaction: Transaction): Promise<number> {
  return (await transaction.objectStore("revisions").openKeyCursor(null, "prev"))?.primaryKey ?? 0;
}

async function put(transaction: Transaction, row: RevisionRow): Promise<number> {
  const store = transaction.objectStore("revisions");
  const there = await store.index("id").get(row.id);
  if (there !== undefined && (there.blob !== undefined || row.blob === undefined)) return 0;
  if (there?.seq !== undefined) await store.delete(there.seq);
  return store.add(row);
}

async function putSeen(transaction: Transaction, seen: SeenRow | undefined): Promise<unknown> {
  return seen === undefined ? undefined : transaction.objectStore("seen").put(seen);
}

async function putRoll(transaction: Transaction, row: RollRow): Promise<unknown> {
  const store = transaction.objectStore("roll");
  const there = await store.index("id").getKey(row.id);
  return there === undefined ? store.add(row) : undefined;
}
