/** The rows that name each record's heads, for whoever brings the diary elsewhere and has not opened it. */
import type { SpaceId } from "../replica/ids.ts";
import type { Database, HeadsRow } from "./database.ts";
import { headIds, type Item } from "./records.ts";
import { writeInVault } from "./transaction.ts";

interface Named {
  /** The row of the log that the items are up to. Where it has grown beyond, nothing is written. */
  readonly upTo: number;
  readonly items: readonly Item[];
}

/** Write the heads of these records where others are named. */
export function putHeadsRight(vault: Vault, named: Named): Promise<void> {
  return putHeads(vault, named, async (rows) => {
    const there = new Map((await rows()).map(({ record, ids }) => [record, ids.join()]));
    return named.items.filter((item) => (there.get(item.id) ?? "") !== headIds(item).join());
  });
}

/** Write the heads of records that have just changed. */
export function putHeadsOf(vault: Vault, named: Named): Promise<void> {
  return putHeads(vault, named, async () => named.items);
}

interface Vault {
  readonly database: Database;
  readonly keys: { readonly space: SpaceId };
}

function putHeads(
  { database, keys }: Vault,
  { upTo }: Named,
  which: (rows: () => Promise<readonly HeadsRow[]>) => Promise<readonly Item[]>,
): Promise<void> {
  return writeInVault(database, keys.space, {
    stores: ["vault", "revisions", "heads"],
    durability: "relaxed",
    work: async (transaction) => {
      const last = await transaction.objectStore("revisions").openKeyCursor(null, "prev");
      if ((last?.primaryKey ?? 0) !== upTo) return;
      const store = transaction.objectStore("heads");
      const items = await which(() => store.getAll());
      await Promise.all(items.map(async (item) => store.put({ record: item.id, ids: headIds(item) })));
    },
  });
}
