/** Push: what was written on this phone, oldest first, so that parents come before what stands on them. */
import type { RevisionId } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";
import { rowsAfter, rowsOf } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { NotProved } from "./proof.ts";
import { type Round, take } from "./round.ts";
import { notShown } from "./shown.ts";
import type { Refused } from "./status.ts";
import type { Result } from "./wire.ts";

const MOST_REVISIONS = 200;
const MOST_BYTES = 1024 * 1024;

/** Send what was not sent yet, until the server is full. Gives how many revisions that were. Throws ServerFailure, StoreFailure. */
export async function push(round: Round, state: SyncState): Promise<number> {
  let sent = 0;
  for (let now = state; round.isFull !== true; ) {
    const rows = await rowsAfter(round.diary.inside.database, now.saidUpTo ?? now.sentUpTo, 2 * MOST_REVISIONS);
    const batch = batchOf(rows, (row) => row.received !== true);
    if (batch.upTo === null) break;
    const results = batch.rows.length === 0 ? [] : await round.server.push(batch.rows.map(asSent));
    const full = results.findIndex(({ code }) => code === FULL);
    const taken = full < 0 ? results : results.slice(0, full);
    const saidUpTo = full < 0 ? batch.upTo : (batch.rows[full]?.seq ?? 1) - 1;
    round.isFull = full >= 0;
    now = await take(round, { state: { ...now, saidUpTo, isFull: round.isFull, refused: [...now.refused, ...refusedIn(taken)] } });
    sent += batch.rows.length;
  }
  return sent;
}

/**
 * The log was read to its end: of what was sent before that, all must have been shown. Else it is to be sent again, and
 * NotProved is thrown.
 */
export async function proveSent(round: Round, state: SyncState): Promise<SyncState> {
  const { sentUpTo, saidUpTo = null, refused, unshown = [], generation } = state;
  if (saidUpTo === null && unshown.length === 0) return state;
  const { database } = round.diary.inside;
  const upTo = saidUpTo ?? sentUpTo;
  const rows = await rowsAfter(database, sentUpTo, upTo - sentUpTo);
  const own = rows.filter((row) => (row.seq ?? 0) <= upTo && row.received !== true && isWhole(row)).map(({ id }) => id);
  const notTaken = new Set(refused.map(({ id }) => id));
  const said = own.filter((id) => !notTaken.has(id));
  const left = await notShown(database, generation, [...said, ...unshown]);
  const isShown = said.every((id) => !left.has(id));
  const now = { ...state, sentUpTo: isShown ? upTo : sentUpTo, saidUpTo: null, unshown: unshown.filter((id) => left.has(id)) };
  const written = await take(round, { state: now });
  if (left.size > 0) throw new NotProved();
  return written;
}

/**
 * Send once more what the server said that it has, and did not show. `isAsked`: what was refused, too, but for what a later
 * revision stands on: that one brings its words.
 */
export async function sendAgain(round: Round, state: SyncState, isAsked: boolean): Promise<SyncState> {
  const { refused, unshown = [], sentUpTo } = state;
  const asked = isAsked ? refused.map(({ id }) => id) : [];
  if (asked.length + unshown.length === 0) return state;
  const { database, records } = round.diary.inside;
  // What is not in memory yet would look as if something stood on it.
  await round.diary.whole();
  const rows = (await rowsOf(database, [...unshown, ...asked])).filter((row) => row !== undefined);
  const isHead = (row: RevisionRow): boolean => records.item(row.record)?.heads.some(({ id }) => id === row.id) ?? false;
  const again = rows.filter((row) => unshown.includes(row.id) || isHead(row));
  const sent = await pushRows(round, again);
  // It is let go of once what was sent before it is proved: till then it is none of what must be shown.
  const waits = new Set(rows.filter((row) => !isHead(row) && (row.seq ?? 0) > sentUpTo).map(({ id }) => id));
  const left = refused.filter(({ id }) => !asked.includes(id) || sent.left.has(id) || waits.has(id));
  const notTaken = new Set(sent.refused.map(({ id }) => id));
  const said = again.filter(({ id }) => !notTaken.has(id) && !(sent.left.has(id) && asked.includes(id))).map(({ id }) => id);
  return take(round, { state: { ...state, refused: [...left, ...sent.refused], unshown: said } });
}

export interface SentRows {
  readonly refused: readonly Refused[];
  /** What there was no room for. */
  readonly left: ReadonlySet<RevisionId>;
}

/** Send these rows, in order, until the server is full. Throws ServerFailure. */
export async function pushRows(round: Round, rows: readonly RevisionRow[]): Promise<SentRows> {
  const refused: Refused[] = [];
  for (let left = rows; left.length > 0; ) {
    const { rows: batch, upTo } = batchOf(left, () => true);
    const results = batch.length === 0 ? [] : await round.server.push(batch.map(asSent));
    const full = results.filter(({ code }) => code === FULL).map(({ id }) => id as RevisionId);
    refused.push(...refusedIn(results));
    left = left.slice(left.findIndex(({ seq }) => seq === upTo) + 1);
    if (full.length === 0) continue;
    round.isFull = true;
    return { refused, left: new Set([...full, ...left.map(({ id }) => id)]) };
  }
  return { refused, left: new Set() };
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
  return results.flatMap(({ id, status, code }) => (status === "rejected" && code !== FULL ? [{ id: id as RevisionId, code }] : []));
}
