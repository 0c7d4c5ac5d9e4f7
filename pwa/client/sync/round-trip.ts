/** One round: everything that is to be done with the server now, in its order. */
import type { SyncState } from "../store/sync-rows.ts";
import { catchUp } from "./catch-up.ts";
import { check } from "./check.ts";
import { proveMore, takeHeads } from "./first-sync.ts";
import { compare } from "./forks.ts";
import { pull } from "./pull.ts";
import { proveSent, push, sendAgain } from "./push.ts";
import { sendRoll } from "./roll.ts";
import { isRead, type Round, Trouble, take } from "./round.ts";

/** After so many own revisions, the index of what came is smaller than what came. */
const MOSTLY_OWN = 20;

/**
 * Bring this phone and the server to the same. Throws ServerFailure, StoreFailure, Trouble, NotProved; what was done until
 * then stays done. `isAsked`: what was refused is tried again.
 */
export async function goRound(round: Round, isAsked: boolean): Promise<void> {
  const isUnsure = round.state !== undefined && round.state.isUnchecked !== false;
  if (await isReadToItsEnd(round, isAsked)) await lookBack(round, isUnsure);
  const { state, isFull = false } = round;
  if (state !== undefined && isFull !== (state.isFull ?? false)) await take(round, { state: { ...state, isFull } });
  if (isFull) throw new Trouble("quota");
}

/** Send and take what there is. Gives whether the log was read to its end; a server that goes on and on tells nothing yet. */
async function isReadToItsEnd(round: Round, isAsked: boolean): Promise<boolean> {
  try {
    return await goThrough(round, isAsked);
  } catch (cause) {
    // Another server than it was, without room for all: its index was read, and what it keeps back is told.
    if (cause instanceof Trouble && cause.reason === "quota") return true;
    throw cause;
  }
}

async function goThrough(round: Round, isAsked: boolean): Promise<boolean> {
  let state = await catchUp(round, await takeHeads(round));
  if (!isRead(state)) return false;
  state = await sendAgain(round, state, isAsked);
  const sent = await push(round, state);
  let isPulled = !state.isAnew;
  state = await pull(round, round.state ?? state, { mostlyOwn: sent > MOSTLY_OWN });
  for (let { first } = state; first !== null; { first } = state) {
    await proveMore(round, { ...state, first });
    // What is saved meanwhile does not wait for the end of it.
    if ((await push(round, round.state ?? state)) > 0) isPulled = false;
    state = round.state ?? state;
  }
  if (state.isAnew) state = await pull(round, state);
  // What was sent after the last page is shown by another.
  if (!state.isAnew && isToBeShown(state) && (!isPulled || round.isReconciled)) state = await pull(round, state);
  if (state.isAnew) return false;
  await proveSent(round, state);
  return true;
}

/** What is told, written anew and sent once the log was read to its end. */
async function lookBack(round: Round, isUnsure: boolean): Promise<void> {
  if (round.state === undefined) return;
  let state = await tellForks(round, round.state, isUnsure);
  state = await check(round, state, isUnsure);
  if (!state.isRollToSend) return;
  const rollNeeds = await sendRoll(round);
  await take(round, { state: { ...state, isRollToSend: rollNeeds !== null, rollNeeds } });
}

function isToBeShown({ saidUpTo, unshown = [] }: SyncState): boolean {
  return Boolean(saidUpTo) || unshown.length > 0;
}

async function tellForks(round: Round, state: SyncState, isUnsure: boolean): Promise<SyncState> {
  const { log, database } = round.diary.inside;
  const { forked, unmet } = await compare(database, state, await round.saws.take(log, isUnsure));
  if (forked.size === 0 && unmet.length === (state.saws?.length ?? 0)) return state;
  const now = { ...state, saws: unmet, forks: [...state.forks, ...forked] };
  return take(round, { state: now, ...(forked.size === 0 ? {} : { notice: "forked" as const }) });
}
