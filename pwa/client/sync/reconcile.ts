/**
 * The server is not what it was: put back to an earlier day, emptied, or another one. What it lacks is sent, of whoever
 * wrote it and whichever server it came from; then its index is read anew from the beginning, and what is not here is
 * fetched. What the index does not show at its end is sent again. Absence deletes nothing.
 */
import { toBase64url } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";
import { madeUpOf } from "../store/made-up.ts";
import { rowsAfter } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { firstChain } from "./chain.ts";
import { NotProved } from "./proof.ts";
import { pushRows } from "./push.ts";
import { isRead, MOST_IDS, placeOf, type Round, sawOf, Trouble, take } from "./round.ts";
import { shownBy } from "./shown.ts";
import type { Refused } from "./status.ts";

/**
 * Send what the server lacks, and set the cursor back to the beginning of this generation. Where something of the roll was
 * shown and is not here, nothing is sent before the log was read. Throws NotProved the second time.
 */
export async function reconcile(round: Round, state: SyncState, generation: string): Promise<SyncState> {
  if (round.isReconciled) throw new NotProved();
  round.isReconciled = true;
  const { refused } = await pushRows(round, isRead(state) ? await lacking(round) : []);
  const chain = toBase64url(await firstChain(state.space));
  return take(round, {
    isOtherPast: true,
    notice: "put-back",
    state: {
      ...state,
      generation,
      at: { seq: 0, chain },
      first: null,
      // What was verified of another server says nothing beside what comes from this one.
      saw: null,
      isAnew: true,
      isRollToSend: true,
      refused: withRefused(state, refused),
    },
  });
}

/**
 * The index was read to its end. The server may have lost meanwhile what it was sent before, and nothing of that shows in
 * the fold: what is here and not shown is sent again, once in a round, and must be shown behind that. Of the roll it shows
 * what is here, or it has no more. Throws NotProved, ServerFailure, StoreFailure; Trouble where there is no room for all.
 */
export async function reconciled(round: Round, state: SyncState): Promise<SyncState> {
  const { saidUpTo, sentUpTo, generation } = state;
  const [kept, shown] = await Promise.all([keptWhole(round), shownBy(round.diary.inside.database, generation)]);
  const known = new Set(state.refused.map(({ id }) => id));
  const isSaid = ({ received, seq = 0 }: RevisionRow): boolean => received === true || seq <= (saidUpTo ?? sentUpTo);
  const notThere = kept.filter((row) => isSaid(row) && !shown.has(row.id) && !known.has(row.id));
  const lost = await wordsOf(round, notThere);
  const read = { ...state, unread: [] };
  if (lost.length === 0) return take(round, { state: { ...read, isAnew: false, saw: sawOf(placeOf(state)) } });
  if (round.isSentAgain) throw new NotProved();
  round.isSentAgain = true;
  const { refused, left } = await pushRows(round, lost);
  const isFull = left.size > 0;
  const now = await take(round, { state: { ...read, isFull, refused: withRefused(state, refused) } });
  if (isFull) throw new Trouble("quota");
  return now;
}

function withRefused(state: SyncState, refused: readonly Refused[]): readonly Refused[] {
  const known = new Set(refused.map(({ id }) => id));
  return [...state.refused.filter(({ id }) => !known.has(id)), ...refused];
}

async function keptWhole({ diary }: Round): Promise<readonly RevisionRow[]> {
  return (await rowsAfter(diary.inside.database, 0)).filter(({ blob }) => blob !== undefined);
}

/**
 * What the server lacks of all that is here with its content, in the order of the log. Heads alone would say all; but a
 * phone that knows neither what they stand on nor that it is superseded would take an old version for a head beside them.
 */
async function lacking(round: Round): Promise<readonly RevisionRow[]> {
  const kept = await keptWhole(round);
  const missing = new Set<string>();
  for (let from = 0; from < kept.length; from += MOST_IDS) {
    const ids = kept.slice(from, from + MOST_IDS).map(({ id }) => id);
    for (const id of await round.server.missing(ids)) missing.add(id);
  }
  return wordsOf(
    round,
    kept.filter(({ id }) => missing.has(id)),
  );
}

/** Without what was made up: nothing of that follows the diary to another server, or takes room there. */
async function wordsOf({ diary }: Round, rows: readonly RevisionRow[]): Promise<readonly RevisionRow[]> {
  const { log, records } = diary.inside;
  const heads = new Set([...records.items()].flatMap((item) => item.heads.map(({ id }) => id)));
  const madeUp = await madeUpOf(log, rows, heads);
  return rows.filter(({ id }) => !madeUp.has(id));
}
