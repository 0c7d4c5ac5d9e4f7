/** Push: what was written on this phone, oldest first, so that parents come before what stands on them. */
import type { RevisionId } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";
import { rowsAfter, rowsOf } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { type Round, Trouble, take } from "./round.ts";
import type { Refused } from "./status.ts";
import type { Result } from "./wire.ts";

const MOST_REVISIONS = 200;
const MOST_BYTES = 1024 * 1024;

/** Send what was not sent yet. Gives how many revisions that were. Throws ServerFailure, StoreFailure, Trouble. */
export async function push(round: Round, state: SyncState): Promise<number> {
  let sent = 0;
  for (let now = state; ; ) {
    const rows = await rowsAfter(round.diary.inside.database, now.sentUpTo, 2 * MOST_REVISIONS);
    const batch = batchOf(rows, (row) => row.received !== true);
    if (batch.upTo === null) return sent;
    const results = batch.rows.length === 0 ? [] : await round.server.push(batch.rows.map(asSent));
    const full = results.findIndex(({ code }) => code === FULL);
    const taken = full < 0 ? results : results.slice(0, full);
    const sentUpTo = full < 0 ? batch.upTo : (batch.rows[full]?.seq ?? 1) - 1;
    now = await take(round, { state: { ...now, sentUpTo, refused: [...now.refused, ...refusedIn(taken)] } });
    if (full >= 0) throw new Trouble("quota");
    sent += batch.rows.length;
  }
}

/** Send again what was refused, but for what a later revision stands on: that one brings its words. */
export async function pushRefused(round: Round, state: SyncState): Promise<SyncState> {
  if (state.refused.length === 0) return state;
  const { database, records } = round.diary.inside;
  // What is not in memory yet would look as if something stood on it.
  await round.diary.whole();
  const rows = await rowsOf(
    database,
    state.refused.map(({ id }) => id),
  );
  const heads = rows.flatMap((row) => (row !== undefined && records.item(row.record)?.heads.some(({ id }) => id === row.id) ? [row] : []));
  const refused = await pushRows(round, heads);
  return take(round, { state: { ...state, refused } });
}

/** Send these rows, in order. Gives those that were refused. Throws ServerFailure, Trouble. */
export async function pushRows({ server }: Round, rows: readonly RevisionRow[]): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
  for (let left = rows; left.length > 0; ) {
    const { rows: batch, upTo } = batchOf(left, () => true);
    const results = batch.length === 0 ? [] : await server.push(batch.map(asSent));
    if (results.some(({ code }) => code === FULL)) throw new Trouble("quota");
    refused.push(...refusedIn(results));
    left = left.slice(left.findIndex(({ seq }) => seq === upTo) + 1);
  }
  return refused;
}

const FULL = "quota_reached";

type Sendable = RevisionRow & { readonly blob: Uint8Array<ArrayBuffer> };

interface Batch {
  readonly rows: readonly Sendable[];
  /** How far in the rows that reaches; null where there are none. */
  readonly upTo: number | null;
}

/** What goes in one push of the first of these rows; those that need not be sent are passed over. */
function batchOf(rows: readonly RevisionRow[], isToSend: (row: RevisionRow) => boolean): Batch {
  const batch: Sendable[] = [];
  let room = MOST_BYTES;
  let upTo: number | null = null;
  for (const row of rows) {
    if (isToSend(row) && isWhole(row)) {
      room -= row.header.length + row.blob.length;
      if (batch.length === MOST_REVISIONS || (room < 0 && batch.length > 0)) break;
      batch.push(row);
    }
    upTo = row.seq ?? null;
  }
  return { rows: batch, upTo };
}

function isWhole(row: RevisionRow): row is Sendable {
  return row.blob !== undefined;
}

function asSent({ id, header, blob }: Sendable) {
  return { id, header, blob, signature: null };
}

function refusedIn(results: readonly Result[]): readonly Refused[] {
  return results.flatMap(({ id, status, code }) => (status === "rejected" ? [{ id: id as RevisionId, code }] : []));
}
