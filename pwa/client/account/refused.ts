/** What the site did not take, by the record it is of. */
import type { Diary } from "../store/diary.ts";
import { rowsOf } from "../store/received.ts";
import type { Refused } from "../sync/status.ts";

export interface RefusedRecord {
  readonly record: string;
  /** One of docs/sync-protocol.md. */
  readonly code: string;
}

/** Each record once, with all of the diary in memory to look it up. Throws what the browser throws. */
export async function refusedRecords(diary: Diary, refused: readonly Refused[]): Promise<readonly RefusedRecord[]> {
  const rows = await rowsOf(
    diary.inside.database,
    refused.map(({ id }) => id),
  );
  await diary.whole();
  const codes = new Map(rows.flatMap((row, i) => (row === undefined ? [] : [[row.record, refused[i]?.code ?? ""] as const])));
  return [...codes].map(([record, code]) => ({ record, code }));
}
