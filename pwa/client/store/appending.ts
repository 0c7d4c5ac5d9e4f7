/** Putting sealed revisions behind the log, all or none. */
import type { RecordId } from "../replica/ids.ts";
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
}

/**
 * Append in one strict transaction. Gives the numbers of the rows; none where an earlier try, reported as failed, had
 * been committed after all; null, and then nothing is written, where another tab has written to one of these records.
 * Throws StoreFailure; then nothing is written either.
 */
export async function append(
  { database, keys }: { readonly database: Database; readonly keys: VaultKeys },
  appending: Appending,
): Promise<readonly number[] | null> {
  let found: { readonly seqs: readonly number[] | null } | null = null;
  try {
    return await writeInVault(database, keys.space, {
      stores: ["vault", "revisions", "local"],
      durability: "strict",
      // All is asked at once: the database looks before it writes, and a slow phone's page is gone to and come from once.
      work: async (transaction) => {
        const looked = Promise.all([isThere(transaction, appending.sealed), hasMoved(transaction, appending)]);
        const written = write(transaction, appending);
        written.catch(() => undefined);
        const [wasThere, moved] = await looked;
        if (wasThere) found = { seqs: [] };
        else if (moved) found = { seqs: null };
        if (found !== null) throw new NotToBeWritten();
        return written;
      },
    });
  } catch (cause) {
    if (found === null) throw cause;
    return (found as { readonly seqs: readonly number[] | null }).seqs;
  }
}

/** Takes back a write that the look before it speaks against. */
class NotToBeWritten extends Error {
  override readonly name = "NotToBeWritten";
}

/** Ask for all that is to be written. Resolves with the numbers of the rows. */
async function write(transaction: Transaction, appending: Appending): Promise<readonly number[]> {
  const [seqs] = await Promise.all([
    Promise.all(appending.sealed.map(async ({ row }) => transaction.objectStore("revisions").add(row))),
    ...appending.drafts.map(async (draft) => transaction.objectStore("local").delete(draft)),
  ]);
  return seqs;
}

type Transaction = Writable<"vault" | "revisions" | "local">;

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
