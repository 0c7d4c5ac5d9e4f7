/**
 * Forks: each revision says how far its writer had verified the server's log, and the fold there. Where this phone knows
 * that place and another fold, the server showed the two different pasts.
 */
import type { Saw } from "../replica/body.ts";
import { toBase64url } from "../replica/ids.ts";
import type { Database } from "../store/database.ts";
import { seenRow } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { firstChain, fold, HASH_BYTES } from "./sha256.ts";

/** The generations in which what others saw is not what this phone saw; `saws` keeps what cannot be told yet. */
export async function forkedIn(database: Database, state: SyncState, saws: Saw[]): Promise<ReadonlySet<string>> {
  const forked = new Set<string>();
  const all = new Map(saws.splice(0).map((saw) => [`${saw.generation} ${saw.seq} ${saw.chain}`, saw]));
  for (const saw of all.values()) {
    const { generation, seq } = saw;
    if (forked.has(generation) || state.forks.includes(generation)) continue;
    const chain = await chainAt(database, state, generation, seq);
    if (chain === undefined) {
      if (generation === state.generation) saws.push(saw);
    } else if (chain !== saw.chain) forked.add(generation);
  }
  return forked;
}

/** The fold at a number; undefined where this phone has not been there, null where nobody can have been. */
async function chainAt(database: Database, state: SyncState, generation: string, seq: number): Promise<string | null | undefined> {
  if (seq === 0) return toBase64url(await firstChain(state.space));
  const row = await seenRow(database, generation, seq);
  if (row !== undefined && row.last >= seq) {
    return toBase64url(await fold(row.chain, row.ids.subarray(0, (seq - row.first + 1) * HASH_BYTES)));
  }
  // Whoever wrote it had seen more than was there when it was stored.
  const isWhole = state.first === null && !state.isAnew;
  return generation === state.generation && isWhole && seq > state.at.seq ? null : undefined;
}
