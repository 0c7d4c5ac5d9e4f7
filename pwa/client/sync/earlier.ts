/** What a record said before, for a phone that came later: of that it has headers and hashes, and the server the rest. */
import type { RecordId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { rowsOfRecord, writeReceived } from "../store/received.ts";
import { readSyncState } from "../store/sync-state.ts";
import { proveContent } from "./proof.ts";
import { fetchAll } from "./round.ts";
import type { Server } from "./server.ts";
import { shownBy } from "./shown.ts";

/**
 * Put in the content of a record's stubs, as far as the server has it: what was replaced long ago it let go of. Throws
 * ServerFailure, StoreFailure; NotProved where what it gives is not what the ids say.
 */
export async function fetchEarlier({ server, diary }: { readonly server: Server; readonly diary: Diary }, record: RecordId): Promise<void> {
  const { database, keys } = diary.inside;
  const state = await readSyncState(database, keys.space);
  if (state === undefined) return;
  const [rows, shown] = await Promise.all([rowsOfRecord(database, record), shownBy(database, state.generation)]);
  // What another server had, before it was put back or emptied, this one need not have.
  const stubs = rows.filter(({ id, blob }) => blob === undefined && shown.has(id)).map(({ id }) => id);
  const fetched = await fetchAll(server, stubs);
  const { revisions } = await proveContent(keys.space, [...fetched.values()]);
  await writeReceived(diary.inside, { revisions, state });
  await diary.takeIn();
}
