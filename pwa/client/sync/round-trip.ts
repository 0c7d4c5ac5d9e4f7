/** One round: everything that is to be done with the server now, in its order. */
import type { SyncState } from "../store/sync-rows.ts";
import { check } from "./check.ts";
import { proveMore, takeHeads } from "./first-sync.ts";
import { forkedIn } from "./forks.ts";
import { pull } from "./pull.ts";
import { push, pushRefused } from "./push.ts";
import { sendRoll } from "./roll.ts";
import { type Round, take } from "./round.ts";

/** After so many own revisions, the index of what came is smaller than what came. */
const MOSTLY_OWN = 20;

/**
 * Bring this phone and the server to the same. Throws ServerFailure, StoreFailure, Trouble, NotProved; what was done until
 * then stays done. `isAsked`: what was refused is tried again.
 */
export async function goRound(round: Round, isAsked: boolean): Promise<void> {
  const isUnsure = round.state !== undefined && round.state.isUnchecked !== false;
  let state = await takeHeads(round);
  if (isAsked) state = await pushRefused(round, state);
  const sent = await push(round, state);
  state = await pull(round, round.state ?? state, { mostlyOwn: sent > MOSTLY_OWN });
  for (let { first } = state; first !== null; { first } = state) {
    await proveMore(round, { ...state, first });
    // What is saved meanwhile does not wait for the end of it.
    await push(round, round.state ?? state);
    state = round.state ?? state;
  }
  if (state.isAnew) state = await pull(round, state);
  state = await tellForks(round, round.state ?? state);
  state = await check(round, state, isUnsure);
  if (!state.isRollToSend) return;
  await sendRoll(round);
  await take(round, { state: { ...state, isRollToSend: false } });
}

async function tellForks(round: Round, state: SyncState): Promise<SyncState> {
  const forked = await forkedIn(round.diary.inside.database, state, round.saws);
  return forked.size === 0 ? state : take(round, { state: { ...state, notice: "forked", forks: [...state.forks, ...forked] } });
}
