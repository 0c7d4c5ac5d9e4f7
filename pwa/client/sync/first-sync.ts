/**
 * A phone's first sync. The heads, newest first, each page usable at once, and the roll before the first of them is stored;
 * what came meanwhile is pulled from where the log stood at the first answer. The index, from the beginning, then proves
 * all of it: ids, chain, and that no head was left out. Cut anywhere, it goes on there.
 */
import { fromBase64url, toBase64url } from "../replica/ids.ts";
import type { FirstSyncState, SyncState } from "../store/sync-rows.ts";
import { firstChain } from "./chain.ts";
import { foldPage, NotProved, proveContent } from "./proof.ts";
import { reconcile } from "./reconcile.ts";
import { takeRoll, takeRollIfNew } from "./roll.ts";
import { placeOf, type Round, sawOf, take } from "./round.ts";
import type { Page } from "./wire.ts";

/** Take the roll and all heads. Throws ServerFailure, StoreFailure, Trouble, NotProved. */
export async function takeHeads(round: Round): Promise<SyncState> {
  let state = round.state ?? (await begin(round));
  for (let { first } = state; first !== null && first.before !== null; { first } = state) {
    const page = await round.server.heads(first.before);
    if (page.generation === state.generation && page.head >= first.end.seq) {
      state = await takePage(round, { ...state, first }, page);
      continue;
    }
    // The server became another one on the way: it may lack what came from the one before.
    state = await reconcile(round, state, page.generation);
  }
  return state;
}

/**
 * Prove by the next page of the index that what was taken is of the log that the server showed at first. Throws as
 * `takeHeads` does.
 */
export async function proveMore(round: Round, state: SyncState & { readonly first: FirstSyncState }): Promise<SyncState> {
  const { first } = state;
  const { proved, end } = first;
  if (proved.seq < end.seq) {
    const page = await round.server.pull(proved.seq, { blobs: false, limit: end.seq - proved.seq });
    const from = { generation: state.generation, seq: proved.seq, chain: fromBase64url(proved.chain) };
    const folded = await foldPage(from, page);
    const to = folded && { seq: folded.to.seq, chain: toBase64url(folded.to.chain) };
    if (to === null || page.head < end.seq || (to.seq === end.seq && to.chain !== end.chain))
      return reconcile(round, state, page.generation);
    const { revisions, roll: met } = await proveContent(state.space, page.revisions);
    const roll = await takeRollIfNew(round, met);
    const seen = folded?.seen === undefined ? {} : { seen: folded.seen };
    return take(round, { revisions, roll, ...seen, state: { ...state, first: { ...first, proved: to } } });
  }
  return take(round, { state: { ...state, first: null, saw: sawOf(placeOf(state)) } });
}

/** The first page of heads, and the roll, which is newer then. */
async function begin(round: Round): Promise<SyncState> {
  const { space } = round.diary.inside.keys;
  const page = await round.server.heads(null);
  const end = { seq: page.head, chain: page.chain };
  const proved = { seq: 0, chain: toBase64url(await firstChain(space)) };
  const state: SyncState & { first: FirstSyncState } = {
    space,
    generation: page.generation,
    at: end,
    first: { before: null, end, proved, taken: 0 },
    isAnew: false,
    isRollToSend: false,
    unread: [],
    laterThan: null,
    saw: null,
    sentUpTo: 0,
    refused: [],
    notice: null,
    forks: [],
  };
  return takePage(round, state, page);
}

async function takePage(round: Round, state: SyncState & { first: FirstSyncState }, page: Page): Promise<SyncState> {
  const { before, taken } = state.first;
  const seqs = page.revisions.map(({ seq }) => seq);
  const isInOrder = seqs.every((seq, i) => seq > 0 && seq < (i === 0 ? (before ?? page.head + 1) : (seqs[i - 1] ?? 0)));
  if (!isInOrder || (page.next !== null && page.next !== seqs.at(-1))) throw new NotProved();
  const { revisions, roll: met } = await proveContent(state.space, page.revisions);
  const roll = await (before === null
    ? takeRoll(
        round,
        met.map(({ id }) => id),
      )
    : takeRollIfNew(round, met));
  const first = { ...state.first, before: page.next, taken: taken + page.revisions.length };
  return take(round, { revisions, roll, isOtherPast: before === null, state: { ...state, first } });
}
