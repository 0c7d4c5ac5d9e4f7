/**
 * What the server has shown of the roll is read before anything is sent: the vault may have turned since, and who was signed
 * out has the key that is current here. Until then what was written waits.
 */
import type { RevisionId } from "../replica/ids.ts";
import { rowsAfter } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { proveMore } from "./first-sync.ts";
import { NotProved } from "./proof.ts";
import { pull } from "./pull.ts";
import { reconcile } from "./reconcile.ts";
import { notHere, takeRoll } from "./roll.ts";
import { isRead, type Round, take } from "./round.ts";
import { shownBy } from "./shown.ts";

/**
 * Read the entries that were shown and are not here. Where the roll leaves them out, the log is read on: a server that was put
 * back to before them does not have them; another hides them. Nothing is asked where there are none. Throws Trouble, NotProved,
 * ServerFailure, StoreFailure; then nothing may be sent.
 */
export async function catchUp(round: Round, state: SyncState): Promise<SyncState> {
  const unread = await notHere(round, state.unread ?? (await passedOver(round, state)));
  if (unread.length === 0) return state.unread?.length === 0 ? state : take(round, { state: { ...state, unread } });
  try {
    return await take(round, { roll: await takeRoll(round, unread), state: { ...state, unread } });
  } catch (cause) {
    if (!(cause instanceof NotProved)) throw cause;
  }
  let now = await pull(round, { ...state, unread });
  for (let { first } = now; first !== null; { first } = now) now = await proveMore(round, { ...now, first });
  if (now.isAnew || isRead(now)) return now;
  const shown = await shownBy(round.diary.inside.database, now.generation);
  if (now.unread?.some((id) => shown.has(id))) throw new NotProved();
  // It showed them behind this place, and goes on from here without them.
  return pull(round, await reconcile(round, now, now.generation));
}

/** What an earlier app went past: all that was shown is here, but for entries that the roll left out. */
async function passedOver(round: Round, { generation }: SyncState): Promise<readonly RevisionId[]> {
  const { database } = round.diary.inside;
  const here = new Set((await rowsAfter(database, 0)).map(({ id }) => id));
  return [...(await shownBy(database, generation))].filter((id) => !here.has(id));
}
