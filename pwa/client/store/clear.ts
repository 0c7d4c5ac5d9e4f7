/** Taking everything off this phone: at signing out, and nowhere else. */
import type { Database } from "./database.ts";
import { writeAtOnce } from "./transaction.ts";

const EVERYTHING = ["vault", "revisions", "local", "probe", "sync", "seen", "roll"] as const;

/** Clear the database, all of it or nothing. What another tab writes afterwards is refused: the vault is gone. Throws StoreFailure. */
export async function clearPhone(database: Database): Promise<void> {
  await writeAtOnce(database, {
    stores: EVERYTHING,
    durability: "strict",
    work: (transaction) => Promise.all(EVERYTHING.map((store) => transaction.objectStore(store).clear())),
  });
}
