/**
 * Drafts: what stands in a form and is not saved yet, sealed, so that it outlives a reload, an update or an empty
 * battery.
 *
 * A form holds its draft's name for as long as it is open. Where another tab has the same form open, the second one
 * takes another number, so neither writes over the other; what a closed tab left is found by the next one to open.
 */
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import type { Database } from "./database.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { readFrom, writeInVault } from "./transaction.ts";

const PREFIX = "draft/";
const MOST_TABS = 12;

/** How long a form that is just closing may take to let go of its draft, in ms. */
const CLOSING = 250;

export interface DraftOptions {
  readonly database: Database;
  readonly keys: VaultKeys;
  readonly sealing: Sealing;
}

/** A draft that one form in one tab holds. */
export interface Draft {
  /** The name of its row, to be dropped together with what is saved. */
  readonly row: string;
  /** No other tab holds a draft of this form. */
  readonly isFirst: boolean;
  /** What was left here, or null. Whoever reads it checks it: it may be of an older form. */
  readonly left: unknown;
  /** Keep `value` (JSON). Writes follow one another; resolves once this or a later value is durable. Throws StoreFailure. */
  keep(value: unknown): Promise<void>;
  /** Resolves when no write is under way: one that is not durable yet gives way, and nothing of it comes later. */
  settled(): Promise<void>;
  /** Forget it. Throws StoreFailure. */
  drop(): Promise<void>;
  /** Let another form have the name. What is kept stays. */
  release(): void;
}

export class Drafts {
  readonly #options: DraftOptions;

  constructor(options: DraftOptions) {
    this.#options = options;
  }

  /**
   * Take hold of the draft `name` of a form: of what was left under that name, else of the first number that no
   * other tab holds. Throws StoreFailure.
   */
  async hold(name: string): Promise<Draft> {
    try {
      for (const { row, wait } of await this.#places(name)) {
        const release = await lock(`${this.#options.database.name}/${row}`, wait);
        if (release === null) continue;
        try {
          return this.#held(row, await this.#read(row), release);
        } catch (cause) {
          release();
          throw cause;
        }
      }
    } catch (cause) {
      throw failureOf(cause);
    }
    // Nobody has that many tabs of one form open; the last ones share a row.
    return this.#held(rowOf(name, MOST_TABS), null, () => undefined);
  }

  /** Rows to try in turn, and how long each. The first may be in the hands of a form that is closing right now. */
  async #places(name: string): Promise<readonly { row: string; wait: number }[]> {
    const start = `${PREFIX}${name}/`;
    const named = IDBKeyRange.bound(start, `${start}\uffff`);
    const there = await readFrom(this.#options.database, "local", (store) => store.getAllKeys(named));
    const left = there.filter((row) => /^\d{1,2}$/.test(row.slice(start.length)));
    const numbered = Array.from({ length: MOST_TABS - 1 }, (_, i) => rowOf(name, i + 1));
    const [first, ...others] = numbered.filter((row) => !left.includes(row));
    return [
      ...left.map((row) => ({ row, wait: row === numbered[0] ? CLOSING : 0 })),
      ...(first === undefined ? [] : [{ row: first, wait: first === numbered[0] ? CLOSING : 0 }]),
      ...others.map((row) => ({ row, wait: 0 })),
    ];
  }

  #held(row: string, left: unknown, release: () => void): Draft {
    let wanted: { readonly value: unknown } | null = null;
    let writing: Promise<void> | null = null;
    let giveWay = new AbortController();
    const writeWanted = async (): Promise<void> => {
      try {
        while (wanted !== null) {
          const { value } = wanted;
          wanted = null;
          await this.#write(row, value, giveWay.signal);
        }
      } finally {
        // In one step with seeing that nothing is wanted: a value that comes now finds nobody writing.
        writing = null;
      }
    };
    const settled = async (): Promise<void> => {
      wanted = null;
      // The database answers in the order in which it is asked, so what comes next need not wait for the end of it.
      giveWay.abort(new StoreFailure("not-kept"));
      giveWay = new AbortController();
    };
    return {
      isFirst: row.endsWith("/1"),
      row,
      left,
      keep: (value) => {
        wanted = { value };
        writing ??= writeWanted();
        return writing;
      },
      settled,
      drop: async () => {
        await settled();
        await this.#delete(row);
      },
      release,
    };
  }

  async #read(row: string): Promise<unknown> {
    const { database, keys, sealing } = this.#options;
    const sealed = await readFrom(database, "local", (store) => store.get(row));
    if (sealed === undefined) return null;
    try {
      return JSON.parse(new TextDecoder().decode(await sealing.openLocal(keys, row, sealed)));
    } catch {
      return null;
    }
  }

  async #write(row: string, value: unknown, signal: AbortSignal): Promise<void> {
    const { database, keys, sealing } = this.#options;
    const sealed = await sealing.sealLocal(keys, row, new TextEncoder().encode(JSON.stringify(value))).catch((cause: unknown) => {
      throw failureOf(cause);
    });
    await writeInVault(database, keys.space, {
      stores: ["vault", "local"],
      durability: "strict",
      signal,
      work: async (transaction) => {
        await transaction.objectStore("local").put(sealed, row);
      },
    }).catch((cause: unknown) => {
      if (!signal.aborted) throw cause;
    });
  }

  #delete(row: string): Promise<void> {
    const { database, keys } = this.#options;
    return writeInVault(database, keys.space, {
      stores: ["vault", "local"],
      durability: "strict",
      work: (transaction) => transaction.objectStore("local").delete(row),
    });
  }
}

function rowOf(name: string, number: number): string {
  return `${PREFIX}${name}/${number}`;
}

/**
 * Hold a lock across tabs for as long as nobody releases it, waiting for it at most `wait` ms; null where another tab
 * holds it. Without such locks, everything may be held.
 */
function lock(name: string, wait: number): Promise<(() => void) | null> {
  if (!("locks" in navigator)) return Promise.resolve(() => undefined);
  const options = wait === 0 ? { ifAvailable: true } : { signal: AbortSignal.timeout(wait) };
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, (held) => {
        if (held === null) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch((cause: unknown) => resolve(isTimeout(cause) ? null : () => undefined));
  });
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === "TimeoutError" || cause.name === "AbortError");
}
