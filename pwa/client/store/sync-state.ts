/** Reading how far this phone and the server are with each other. */
import type { SpaceId } from "../replica/ids.ts";
import type { Database } from "./database.ts";
import type { SyncState } from "./sync-rows.ts";
import { readFrom } from "./transaction.ts";

/** How far this phone and the server are; undefined before they first met. */
export function readSyncState(database: Database, space: SpaceId): Promise<SyncState | undefined> {
  return readFrom(database, "sync", async (store) => {
    const state = await store.get("state");
    return state?.space === space ? state : undefined;
  });
}
