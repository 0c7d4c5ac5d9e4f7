/** Which records have something that the server does not have yet. Looks at each row of the log once. */
import type { RecordId } from "../replica/ids.ts";
import type { Database } from "../store/database.ts";
import { rowsAfter } from "../store/received.ts";

const AT_ONCE = 500;

export class Outbox {
  readonly #database: Database;
  readonly #waiting = new Map<number, RecordId>();
  #lookedUpTo: number | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many records wait, once what is new in the log was looked at; all up to this row was sent. */
  async look(sentUpTo: number): Promise<number> {
    for (const seq of this.#waiting.keys()) if (seq <= sentUpTo) this.#waiting.delete(seq);
    this.#lookedUpTo = Math.max(this.#lookedUpTo ?? 0, sentUpTo);
    for (;;) {
      const rows = await rowsAfter(this.#database, this.#lookedUpTo, AT_ONCE);
      for (const { seq = 0, record, received } of rows) {
        if (received !== true) this.#waiting.set(seq, record);
        this.#lookedUpTo = seq;
      }
      if (rows.length < AT_ONCE) return new Set(this.#waiting.values()).size;
    }
  }
}
