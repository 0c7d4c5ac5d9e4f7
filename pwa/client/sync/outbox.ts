/** Which records have something that the server does not have yet. Looks at each row of the log once. */
import type { RecordId } from "../replica/ids.ts";
import type { Database, RevisionRow } from "../store/database.ts";
import { rowsAfter, rowsOf } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { notShown } from "./shown.ts";

const AT_ONCE = 500;

/**
 * Whole rows that the server has not shown: written here since all was sent and shown, or refused; where the server is another
 * one, of whoever wrote them.
 */
export async function unsentRows(database: Database, state: SyncState | undefined): Promise<readonly RevisionRow[]> {
  const isAll = state === undefined || state.isAnew;
  const rows = await rowsAfter(database, isAll ? 0 : state.sentUpTo);
  const own = rows.filter(({ received, blob }) => blob !== undefined && (received !== true || state?.isAnew === true));
  if (state === undefined) return own;
  const all = [...own, ...(await outOfTurn(database, state))];
  const left = await notShown(
    database,
    state.generation,
    all.map(({ id }) => id),
  );
  return all.filter(({ id }) => left.has(id));
}

export class Outbox {
  readonly #database: Database;
  readonly #waiting = new Map<number, RecordId>();
  #lookedUpTo = 0;
  #sentUpTo = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many records wait, once what is new in the log was looked at. */
  async look(state: SyncState | undefined): Promise<number> {
    // A full server may have taken some of what stands behind the first that it had no room for.
    if (state?.isFull) return countOf((await unsentRows(this.#database, state)).map(({ record }) => record));
    await this.#lookOn(state?.saidUpTo ?? state?.sentUpTo ?? 0);
    const others = state === undefined ? [] : await outOfTurn(this.#database, state);
    return countOf([...this.#waiting.values(), ...others.map(({ record }) => record)]);
  }

  async #lookOn(sentUpTo: number): Promise<void> {
    // What was said to be there was not: it is looked at again.
    if (sentUpTo < this.#sentUpTo) this.#lookedUpTo = 0;
    this.#sentUpTo = sentUpTo;
    for (const seq of this.#waiting.keys()) if (seq <= sentUpTo) this.#waiting.delete(seq);
    this.#lookedUpTo = Math.max(this.#lookedUpTo, sentUpTo);
    for (let isMore = true; isMore; ) {
      const rows = await rowsAfter(this.#database, this.#lookedUpTo, AT_ONCE);
      for (const { seq = 0, record, received } of rows) {
        if (received !== true) this.#waiting.set(seq, record);
        this.#lookedUpTo = seq;
      }
      isMore = rows.length === AT_ONCE;
    }
  }
}

/** What was refused, or said to be stored and not shown. */
async function outOfTurn(database: Database, { refused, unshown = [] }: SyncState): Promise<readonly RevisionRow[]> {
  const ids = [...refused.map(({ id }) => id), ...unshown];
  return ids.length === 0 ? [] : (await rowsOf(database, ids)).filter((row) => row !== undefined);
}

function countOf(records: readonly RecordId[]): number {
  return new Set(records).size;
}
