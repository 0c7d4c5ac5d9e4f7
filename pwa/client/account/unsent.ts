/** Which records of this phone the site does not have yet: what signing out would lose. */
import type { Diary } from "../store/diary.ts";
import { readSyncState } from "../store/sync-state.ts";
import { unsentRows } from "../sync/outbox.ts";

/** Their ids, each once, with all of the diary in memory to look them up. Throws what the browser throws. */
export async function unsentRecords(diary: Diary): Promise<readonly string[]> {
  const { database, keys } = diary.inside;
  const rows = await unsentRows(database, await readSyncState(database, keys.space));
  await diary.whole();
  return [...new Set(rows.map(({ record }) => record))];
}
