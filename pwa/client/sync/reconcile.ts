/**
 * The server is not what it was: put back to an earlier day, emptied, or another one. What it lacks is sent, of whoever
 * wrote it; then its index is read anew from the beginning, and what is not here is fetched. Absence deletes nothing.
 */
import { toBase64url } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";
import { rowsAfter } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { NotProved } from "./proof.ts";
import { pushRows } from "./push.ts";
import { MOST_IDS, type Round, take } from "./round.ts";
import { firstChain } from "./sha256.ts";

/** Send what the server lacks, and set the cursor back to the beginning of this generation. Throws NotProved the second time. */
export async function reconcile(round: Round, state: SyncState, generation: string): Promise<SyncState> {
  if (round.isReconciled) throw new NotProved();
  round.isReconciled = true;
  const refused = await pushRows(round, await lacking(round));
  const chain = toBase64url(await firstChain(state.space));
  const known = new Set(refused.map(({ id }) => id));
  return take(round, {
    isOtherPast: true,
    state: {
      ...state,
      generation,
      at: { seq: 0, chain },
      first: null,
      isAnew: true,
      isRollToSend: true,
      refused: [...state.refused.filter(({ id }) => !known.has(id)), ...refused],
      notice: state.notice ?? "put-back",
    },
  });
}

/**
 * What the server lacks of all that is here with its content, in the order of the log. Heads alone would say all; but a
 * phone that knows neither what they stand on nor that it is superseded would take an old version for a head beside them.
 */
async function lacking({ server, diary }: Round): Promise<readonly RevisionRow[]> {
  const kept = (await rowsAfter(diary.inside.database, 0)).filter(({ blob }) => blob !== undefined);
  const missing = new Set<string>();
  for (let from = 0; from < kept.length; from += MOST_IDS) {
    const ids = kept.slice(from, from + MOST_IDS).map(({ id }) => id);
    for (const id of await server.missing(ids)) missing.add(id);
  }
  return kept.filter(({ id }) => missing.has(id));
}
