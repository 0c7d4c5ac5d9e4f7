/**
 * Forks: each revision says how far its writer had verified the server's log, and the fold there. Where this phone knows
 * that place and another fold, the server showed the two different pasts. So it did where somebody built upon what this
 * phone wrote in this generation, and goes by another one still: a server that left a generation never comes back to it.
 *
 * What was said in the rows of a round that was cut is read again at the next start. What was said of a generation that
 * this phone has not met is kept until it meets it.
 */
import type { Saw } from "../replica/body.ts";
import { type RecordId, type RevisionId, toBase64url } from "../replica/ids.ts";
import type { Database, RevisionRow } from "../store/database.ts";
import type { Log } from "../store/log.ts";
import { rowsAfter, rowsOfRecord, seenRow } from "../store/received.ts";
import type { SeenRow, SyncState } from "../store/sync-rows.ts";
import type { Bytes } from "../vault/bytes.ts";
import { firstChain, fold, HASH_BYTES } from "./chain.ts";
import { pinnedBy } from "./descent.ts";

interface Heard {
  readonly saw: Saw;
  /** In which revision, of which record. */
  readonly id: RevisionId;
  readonly record: RecordId;
}

/** What the makers of revisions that came had seen, until it is compared. */
export class Saws {
  #heard: Heard[] = [];
  /** Nothing was said before this tab began to listen. */
  #isAllHeard = false;

  hear(saw: Saw, { id, record }: RevisionRow): void {
    this.#heard.push({ saw, id, record });
  }

  /** All that is to be compared. `isUnsure`: an earlier round was cut, maybe of a tab that was closed. */
  async take(log: Log, isUnsure: boolean): Promise<readonly Heard[]> {
    if (isUnsure && !this.#isAllHeard) await log.everything();
    this.#isAllHeard = true;
    return this.#heard.splice(0);
  }
}

export interface Compared {
  /** Generations in which what others saw is not what this phone saw. */
  readonly forked: ReadonlySet<string>;
  /** What was said of generations that this phone has not met. */
  readonly unmet: readonly Saw[];
}

/** Compare what others saw with what this phone did, once it knows all of the log. */
export async function compare(database: Database, state: SyncState, heard: readonly Heard[]): Promise<Compared> {
  const forked = new Set(await besideThis(database, state, heard));
  const saws = heard.map(({ saw }) => saw);
  const unmet: Saw[] = [];
  const all = new Map([...(state.saws ?? []), ...saws].map((saw) => [`${saw.generation} ${saw.seq} ${saw.chain}`, saw]));
  const folds = new Folds(database, state);
  for (const saw of [...all.values()].sort(inOrder)) {
    const { generation, seq } = saw;
    if (forked.has(generation) || state.forks.includes(generation)) continue;
    const chain = await folds.at(generation, seq);
    if (chain === "not-met") unmet.push(saw);
    else if (chain !== "not-known" && chain !== saw.chain) forked.add(generation);
  }
  return { forked, unmet: unmet.slice(-MOST_UNMET) };
}

/**
 * Generations in which somebody stood when building upon what this phone wrote in its own. Only a server of this generation
 * can have given them that, and whoever it gave something had left all generations before; while a phone reads the log of
 * another server it says that it saw nothing. A copy saved to a file does not carry ids.
 */
async function besideThis(database: Database, state: SyncState, heard: readonly Heard[]): Promise<readonly string[]> {
  const { generation, forks, metAt } = state;
  const others = heard.filter(({ saw }) => saw.generation !== generation && !forks.includes(saw.generation));
  if (others.length === 0 || metAt === undefined) return [];
  const ours = (await rowsAfter(database, metAt)).filter(({ received }) => received !== true);
  const [ids, records] = [new Set(ours.map(({ id }) => id)), new Set(ours.map(({ record }) => record))];
  const beside: string[] = [];
  for (const { saw, id, record } of others) {
    if (!records.has(record)) continue;
    const below = pinnedBy([id], await rowsOfRecord(database, record));
    if ([...below].some((one) => ids.has(one))) beside.push(saw.generation);
  }
  return beside;
}

/** Of more, any would tell the same. */
const MOST_UNMET = 100;

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

  /** The fold at a number; null where nobody can have been. `not-known`: this phone was not there; `not-met`: nowhere in it. */
  async at(generation: string, seq: number): Promise<string | null | "not-known" | "not-met"> {
    const { space, generation: now } = this.#state;
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
    if (generation === now) return null;
    return page === undefined ? "not-met" : "not-known";
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
