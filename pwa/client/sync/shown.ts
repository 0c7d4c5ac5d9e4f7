/** What the server has shown to this phone. */
import { type RevisionId, toBase64url } from "../replica/ids.ts";
import type { Database } from "../store/database.ts";
import type { SeenRow } from "../store/sync-rows.ts";
import { readFrom } from "../store/transaction.ts";
import { HASH_BYTES } from "./chain.ts";

/** Those of these that it did not show in this generation: looked for from the newest on. */
export function notShown(database: Database, generation: string, ids: Iterable<RevisionId>): Promise<ReadonlySet<RevisionId>> {
  const left = new Set(ids);
  return readFrom(database, "seen", async (store) => {
    let cursor = left.size === 0 ? null : await store.openCursor(rangeOf(generation), "prev");
    for (; cursor !== null && left.size > 0; cursor = await cursor.continue()) for (const id of idsIn(cursor.value)) left.delete(id);
    return left;
  });
}

/** The ids of all that it showed in this generation. */
export async function shownBy(database: Database, generation: string): Promise<ReadonlySet<RevisionId>> {
  const pages = await readFrom(database, "seen", (store) => store.getAll(rangeOf(generation)));
  return new Set(pages.flatMap((page) => [...idsIn(page)]));
}

function rangeOf(generation: string): IDBKeyRange {
  return IDBKeyRange.bound([generation, 0], [generation, Infinity]);
}

function* idsIn({ ids }: SeenRow): Generator<RevisionId> {
  for (let at = 0; at < ids.length; at += HASH_BYTES) yield toBase64url(ids.subarray(at, at + HASH_BYTES)) as RevisionId;
}
