/** Putting sealed revisions behind the log, all or none. */
import type { RecordId, RevisionId } from "../replica/ids.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Database, RevisionRow } from "./database.ts";
import type { ReadOpened } from "./reading.ts";
import { type Writable, writeInVault } from "./transaction.ts";

/** A revision ready for the log, and what it says. */
export interface Sealed {
  readonly row: RevisionRow;
  readonly read: ReadOpened;
}

export interface Appending {
  readonly sealed: readonly Sealed[];
  /** Rows of drafts to drop in the same transaction. */
  readonly drafts: readonly string[];
  /** The last row of the log that this tab's memory of a record takes in. */
  readonly upTo: (record: RecordId) => number;
  /** The heads of a record in this tab's memory. */
  readonly heads: (record: RecordId) => readonly RevisionId[];
}

/**
 * Append in one strict transaction. Gives the numbers of the rows; none where an earlier try, reported as failed, had
 * been committed after all; null, and then nothing is written, where another tab has written to one of these records.
 * Throws StoreFailure; then nothing is written either.
 */
export function append(
  { database, keys }: { readonly database: Database; readonly keys: VaultKeys },
  appending: Appending,
): Promise<readonly number[] | null> {
  return writeInVault(database, keys.space, {
    stores: ["vault", "revisions", "heads", "local"],
    durability: "strict",
    work: async (transaction) => {
      const { sealed, drafts } = appending;
      if (await isThere(transaction, sealed)) return [];
      if (await hasMoved(transaction, appending)) return null;
      const [seqs] = await Promise.all([
        Promise.all(sealed.map(async ({ row }) => transaction.objectStore("revisions").add(row))),
        ...headsAfter(appending).map(async ([record, ids]) => transaction.objectStore("heads").put({ record, ids })),
        ...drafts.map(async (draft) => transaction.objectStore("local").delete(draft)),
      ]);
      return seqs;
    },
  });
}

type Transaction = Writable<"vault" | "revisions" | "heads" | "local">;

async function isThere(transaction: Transaction, [first]: readonly Sealed[]): Promise<boolean> {
  if (first === undefined) return false;
  return (await transaction.objectStore("revisions").index("id").getKey(first.row.id)) !== undefined;
}

/** Whether one of the records has rows that this tab's memory does not take in. */
async function hasMoved(transaction: Transaction, { sealed, upTo }: Appending): Promise<boolean> {
  const index = transaction.objectStore("revisions").index("record");
  const moved = await Promise.all(
    [...new Set(sealed.map(({ row }) => row.record))].map(async (record) => {
      const last = await index.openKeyCursor(record, "prev");
      return last !== null && last.primaryKey > upTo(record);
    }),
  );
  return moved.includes(true);
}

function headsAfter({ sealed, heads }: Appending): readonly (readonly [RecordId, readonly RevisionId[]])[] {
  const after = new Map<RecordId, readonly RevisionId[]>();
  for (const { row, read } of sealed) {
    const before = after.get(row.record) ?? heads(row.record);
    after.set(row.record, [...before.filter((id) => !read.parents.includes(id)), row.id].sort());
  }
  return [...after];
}
