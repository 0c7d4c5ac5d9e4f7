/**
 * A phone's first sync. First the roll; then the heads, newest first, each page usable at once; what came meanwhile is
 * pulled from where the log stood at the first answer. The index, from the beginning, then proves all of it: ids, chain,
 * and that no head was left out. Cut anywhere, it goes on there.
 */
import { fromBase64url, toBase64url } from "../replica/ids.ts";
import type { FirstSyncState, RollRow, SyncState } from "../store/sync-rows.ts";
import { foldPage, NotProved, proveContent } from "./proof.ts";
import { reconcile } from "./reconcile.ts";
import { takeRoll } from "./roll.ts";
import { placeOf, type Round, sawOf, take } from "./round.ts";
import { firstChain } from "./sha256.ts";
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
    // The server became another one on the way: from the beginning, and what is here stays.
    if (round.isReconciled) throw new NotProved();
    round.isReconciled = true;
    state = await begin(round);
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
    const { revisions } = await proveContent(state.space, page.revisions);
    const seen = folded?.seen === undefined ? {} : { seen: folded.seen };
    return take(round, { revisions, ...seen, state: { ...state, first: { ...first, proved: to } } });
  }
  return take(round, { state: { ...state, first: null, saw: sawOf(placeOf(state)) } });
}

/** The roll and the first page of heads. */
async function begin(round: Round): Promise<SyncState> {
  const { space } = round.diary.inside.keys;
  const roll = await takeRoll(round);
  const page = await round.server.heads(null);
  const end = { seq: page.head, chain: page.chain };
  const proved = { seq: 0, chain: toBase64url(await firstChain(space)) };
  const { sentUpTo = 0, refused = [], forks = [], notice = null } = round.state ?? {};
  const state: SyncState & { first: FirstSyncState } = {
    space,
    generation: page.generation,
    at: end,
    first: { before: null, end, proved, taken: 0 },
    isAnew: false,
    isRollToSend: false,
    laterThan: round.state?.laterThan ?? null,
    saw: null,
    sentUpTo,
    refused,
    notice,
    forks,
  };
  return takePage(round, state, page, roll);
}

async function takePage(
  round: Round,
  state: SyncState & { first: FirstSyncState },
  page: Page,
  roll: readonly RollRow[] = [],
): Promise<SyncState> {
  const { before, taken } = state.first;
  const seqs = page.revisions.map(({ seq }) => seq);
  const isInOrder = seqs.every((seq, i) => seq > 0 && seq < (i === 0 ? (before ?? page.head + 1) : (seqs[i - 1] ?? 0)));
  if (!isInOrder || (page.next !== null && page.next !== seqs.at(-1))) throw new NotProved();
  // Of the roll all was taken before; what is newer comes with the tail.
  const { revisions } = await proveContent(state.space, page.revisions);
  const first = { ...state.first, before: page.next, taken: taken + page.revisions.length };
  return take(round, { revisions, roll, isOtherPast: before === null, state: { ...state, first } });
}
