/**
 * Writing what came from the server: rows, ids and how far the server is known, all in one transaction. Where what was
 * known of the server was changed by somebody else meanwhile, nothing is written.
 */
import type { RecordId, RevisionId, SpaceId } from "../replica/ids.ts";
import type { Database, RevisionRow } from "./database.ts";
import { StoreFailure } from "./failures.ts";
import type { Notice, RollRow, SeenRow, SyncState } from "./sync-rows.ts";
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
  /** To be told from now on. */
  readonly notice?: Notice;
  /** As it is to be once that is written, made from the state as it was last read; `sentUpTo` and `saidUpTo` go past what came, where nothing is left to be sent before it. */
  readonly state: SyncState;
}

/** Gives the state as it was written. Throws StoreFailure, `not-kept` where the state is another one by now; then nothing was written. */
export function writeReceived(
  { database, keys }: Vaulted,
  { revisions = [], roll = [], seen, isOtherPast = false, notice, state }: Received,
): Promise<SyncState> {
  return writeInVault(database, keys.space, {
    stores: ["vault", "revisions", "roll", "seen", "sync"],
    // What came can come again.
    durability: "relaxed",
    work: async (transaction) => {
      const { generation } = state;
      if (isOtherPast) await transaction.objectStore("seen").delete(IDBKeyRange.bound([generation, 0], [generation, Infinity]));
      const [there, last, seqs] = await Promise.all([
        stateIn(transaction.objectStore("sync"), keys.space),
        lastOf(transaction),
        Promise.all(revisions.map((row) => put(transaction, row))),
        ...roll.map((row) => putRoll(transaction, row)),
        putSeen(transaction, seen),
      ]);
      if (there?.edition !== state.edition) throw new StoreFailure("not-kept");
      const past = (upTo: number): number => (upTo >= last ? Math.max(upTo, ...seqs) : upTo);
      const now = {
        ...state,
        edition: (state.edition ?? 0) + 1,
        sentUpTo: past(state.sentUpTo),
        ...(typeof state.saidUpTo === "number" ? { saidUpTo: past(state.saidUpTo) } : {}),
        notice: notice === "forked" ? notice : (there?.notice ?? notice ?? null),
        ...(isOtherPast ? { metAt: last } : {}),
        ...(seqs.some((seq) => seq > 0) ? { isUnchecked: true } : {}),
      };
      await transaction.objectStore("sync").put(now, "state");
      return now;
    },
  });
}

/** Nothing is to be told any more. No round is disturbed by it. Throws StoreFailure. */
export function writeUnderstood({ database, keys }: Vaulted): Promise<void> {
  return writeInVault(database, keys.space, {
    stores: ["vault", "sync"],
    durability: "strict",
    work: async (transaction) => {
      const there = await stateIn(transaction.objectStore("sync"), keys.space);
      if (there !== undefined) await transaction.objectStore("sync").put({ ...there, notice: null }, "state");
    },
  });
}

/** Rows of the log after this one, as they stand there, at most so many. */
export function rowsAfter(database: Database, seq: number, most?: number): Promise<RevisionRow[]> {
  return readFrom(database, "revisions", (store) => store.getAll(IDBKeyRange.lowerBound(seq, true), most));
}

/** All revisions of one record, as they stand in the log. */
export function rowsOfRecord(database: Database, record: RecordId): Promise<RevisionRow[]> {
  return readFrom(database, "revisions", (store) => store.index("record").getAll(record));
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

/** How far the server is known, as it stands there. */
async function stateIn(store: { get(key: "state"): Promise<SyncState | undefined> }, space: SpaceId): Promise<SyncState | undefined> {
  const state = await store.get("state");
  return state?.space === space ? state : undefined;
}

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
