/** The rows that name each record's heads, for whoever brings the diary elsewhere and has not opened it. */
import type { SpaceId } from "../replica/ids.ts";
import type { Database } from "./database.ts";
import { headIds, type Item } from "./records.ts";
import { writeInVault } from "./transaction.ts";

/** Write the heads of these records where others are named. Does nothing when the log has grown beyond `upTo`. */
export function putHeadsRight(
  { database, keys }: { readonly database: Database; readonly keys: { readonly space: SpaceId } },
  { upTo, items }: { readonly upTo: number; readonly items: readonly Item[] },
): Promise<void> {
  return writeInVault(database, keys.space, {
    stores: ["vault", "revisions", "heads"],
    durability: "relaxed",
    work: async (transaction) => {
      const last = await transaction.objectStore("revisions").openKeyCursor(null, "prev");
      if ((last?.primaryKey ?? 0) !== upTo) return;
      const store = transaction.objectStore("heads");
      const named = new Map((await store.getAll()).map(({ record, ids }) => [record, ids.join()]));
      const wrong = items.filter((item) => (named.get(item.id) ?? "") !== headIds(item).join());
      await Promise.all(wrong.map(async (item) => store.put({ record: item.id, ids: headIds(item) })));
    },
  });
}
