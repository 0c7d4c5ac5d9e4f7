/** Taking everything off this phone: at signing out, and nowhere else. */
import type { Database } from "./database.ts";
import { type Writable, writeAtOnce } from "./transaction.ts";

const EVERYTHING = ["vault", "revisions", "local", "probe", "sync", "seen", "roll"] as const;

/**
 * Clear the database, all of it or nothing. Gives false, and nothing was cleared, where something was not sent, unless
 * it may be lost. What another tab writes afterwards is refused: the vault is gone. Throws StoreFailure.
 */
export function clearPhone(database: Database, { mayLose }: { readonly mayLose: boolean }): Promise<boolean> {
  return writeAtOnce(database, {
    stores: EVERYTHING,
    durability: "strict",
    work: async (transaction) => {
      // An earlier try, reported as failed, was committed after all; or another tab was first.
      if ((await transaction.objectStore("vault").get("slot")) === undefined) return true;
      if (!mayLose && (await isUnsent(transaction))) return false;
      await Promise.all(EVERYTHING.map((store) => transaction.objectStore(store).clear()));
      return true;
    },
  });
}

/** What another tab saves is there before this one hears of it. */
async function isUnsent(transaction: Writable<(typeof EVERYTHING)[number]>): Promise<boolean> {
  const state = await transaction.objectStore("sync").get("state");
  if (state === undefined || state.isAnew || state.isRollToSend || state.refused.length > 0) return true;
  const rows = await transaction.objectStore("revisions").getAll(IDBKeyRange.lowerBound(state.sentUpTo, true));
  return rows.some(({ received }) => received !== true);
}
