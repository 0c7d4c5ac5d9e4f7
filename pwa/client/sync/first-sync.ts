/**
 * A phone's first sync. First the roll; then the heads, newest first, each page usable at once; what came meanwhile is
 * pulled from where the log stood at the first answer. The index, from the beginning, then proves all of it: ids, chain,
 * and that no head was left out. Cut anywhere, it goes on there.
 */
import { fromBase64url, toBase64url } from "../replica/ids.ts";
import type { FirstSyncState, RollRow, SyncState } from "../store/sync-rows.ts";
import { headsLeftOut } from "./left-out.ts";
import { foldPage, NotProved, proveContent } from "./proof.ts";
import { reconcile } from "./reconcile.ts";
import { placeOf, prove, type Round, sawOf, take, takeRoll } from "./round.ts";
import { firstChain } from "./sha256.ts";
import type { Page } from "./wire.ts";

/** Take the roll and all heads. Throws ServerFailure, StoreFailure, Trouble, NotProved. */
export async function takeHeads(round: Round): Promise<SyncState> {
  let state = isUnderWay(round.state) ? round.state : await begin(round);
  for (let { first } = state; first !== null && first.before !== null; { first } = state) {
    const page = await round.server.heads(first.before);
    // The server became another one on the way: from the beginning, and what is here stays.
    if (page.generation !== state.generation || page.head < first.end.seq) state = await begin(round);
    else state = await takePage(round, { ...state, first }, page);
  }
  return state;
}

/** Prove by the index that what was taken is all there is. Throws as `takeHeads` does. */
export async function proveAll(round: Round, state: SyncState): Promise<SyncState> {
  let now = state;
  for (let { first } = now; first !== null && first.proved.seq < first.end.seq; { first } = now) {
    const { proved, end } = first;
    const page = await round.server.pull(proved.seq, { blobs: false, limit: end.seq - proved.seq });
    const from = { generation: now.generation, seq: proved.seq, chain: fromBase64url(proved.chain) };
    const folded = await foldPage(from, page);
    const to = folded && { seq: folded.to.seq, chain: toBase64url(folded.to.chain) };
    if (to === null || (to.seq === end.seq && to.chain !== end.chain)) return reconcile(round, now, page.generation);
    // Of the roll all is here; of the rest, an index has headers and hashes.
    const rows = await proveContent(now.space, page.revisions);
    const seen = folded?.seen === undefined ? {} : { seen: folded.seen };
    now = await take(round, { revisions: rows.revisions, ...seen, state: { ...now, first: { ...first, proved: to } } });
  }
  const { fetched, isKeptBack } = await headsLeftOut(round);
  const rows = await prove(round, fetched);
  if (isKeptBack) {
    await take(round, { ...rows, state: now });
    throw new NotProved();
  }
  return take(round, { ...rows, state: { ...now, first: null, saw: sawOf(placeOf(now)) } });
}

function isUnderWay(state: SyncState | undefined): state is SyncState {
  return state !== undefined;
}

/** The roll and the first page of heads. */
async function begin(round: Round): Promise<SyncState> {
  const { space } = round.diary.inside.keys;
  const roll = await takeWholeRoll(round);
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
    hasLater: round.state?.hasLater ?? false,
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

async function takeWholeRoll(round: Round): Promise<readonly RollRow[]> {
  const roll: RollRow[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Page = await round.server.roll(after);
    const rows = await proveContent(round.diary.inside.keys.space, page.revisions);
    const isOnwards = page.next === null || (page.next > after && page.revisions.length > 0);
    if (rows.revisions.length > 0 || !isOnwards) throw new NotProved();
    roll.push(...rows.roll);
    after = page.next;
  }
  await takeRoll(round, roll);
  return roll;
}
