/**
 * Forks: each revision says how far its writer had verified the server's log, and the fold there. Where this phone knows
 * that place and another fold, the server showed the two different pasts.
 */
import type { Saw } from "../replica/body.ts";
import { toBase64url } from "../replica/ids.ts";
import type { Database } from "../store/database.ts";
import { seenRow } from "../store/received.ts";
import type { SeenRow, SyncState } from "../store/sync-rows.ts";
import { type Bytes, firstChain, fold, HASH_BYTES } from "./sha256.ts";

/** The generations in which what others saw is not what this phone saw; `saws` keeps what cannot be told yet. */
export async function forkedIn(database: Database, state: SyncState, saws: Saw[]): Promise<ReadonlySet<string>> {
  const forked = new Set<string>();
  const all = new Map(saws.splice(0).map((saw) => [`${saw.generation} ${saw.seq} ${saw.chain}`, saw]));
  const folds = new Folds(database, state);
  for (const saw of [...all.values()].sort(inOrder)) {
    const { generation, seq } = saw;
    if (forked.has(generation) || state.forks.includes(generation)) continue;
    const chain = await folds.at(generation, seq);
    if (chain === undefined) {
      if (generation === state.generation) saws.push(saw);
    } else if (chain !== saw.chain) forked.add(generation);
  }
  return forked;
}

/** Asked in order, each page of ids is read and folded once, however many places of it are asked about. */
class Folds {
  readonly #database: Database;
  readonly #state: SyncState;
  #page: SeenRow | undefined;
  /** How many ids of the page were folded, and the fold there. */
  #folded = 0;
  #chain: Bytes = new Uint8Array();

  constructor(database: Database, state: SyncState) {
    this.#database = database;
    this.#state = state;
  }

  /** The fold at a number; undefined where this phone has not been there, null where nobody can have been. */
  async at(generation: string, seq: number): Promise<string | null | undefined> {
    const { space, first, isAnew, at, generation: now } = this.#state;
    if (seq === 0) return toBase64url(await firstChain(space));
    if (this.#page?.generation !== generation || this.#page.last < seq) await this.#open(generation, seq);
    const page = this.#page;
    if (page !== undefined && page.last >= seq) {
      const upTo = seq - page.first + 1;
      this.#chain = await fold(this.#chain, page.ids.subarray(this.#folded * HASH_BYTES, upTo * HASH_BYTES));
      this.#folded = upTo;
      return toBase64url(this.#chain);
    }
    // Whoever wrote it had seen more than was there when it was stored.
    const isWhole = first === null && !isAnew;
    return generation === now && isWhole && seq > at.seq ? null : undefined;
  }

  async #open(generation: string, seq: number): Promise<void> {
    this.#page = await seenRow(this.#database, generation, seq);
    this.#folded = 0;
    this.#chain = this.#page?.chain ?? new Uint8Array();
  }
}

function inOrder(one: Saw, other: Saw): number {
  if (one.generation !== other.generation) return one.generation < other.generation ? -1 : 1;
  return one.seq - other.seq;
}
