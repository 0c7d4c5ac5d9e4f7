/**
 * Drafts: what stands in a form and is not saved yet, sealed, so that it outlives a reload, an update or an empty
 * battery.
 *
 * A form holds its draft's name for as long as it is open. Where another tab has the same form open, the second one
 * takes another number, so neither writes over the other; what a closed tab left is found by the next one to open.
 *
 * Names stand in clear, so they say which form it is and nothing else: of a check-in the day it is for is in the draft.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import type { Database } from "./database.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { heldLocks, lock } from "./locks.ts";
import { readFrom, writeInVault } from "./transaction.ts";

const PREFIX = "draft/";
/** Of one form: for each tab, and for each thing that it is about. */
const MOST = 99;

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
  /**
   * Keep `value` (JSON), or nothing for null. Writes follow one another; resolves once this or a later value is durable,
   * or has given way. Throws StoreFailure.
   */
  keep(value: unknown): Promise<void>;
  /** What is not durable yet gives way to what is written next, and nothing of it comes later. */
  giveWay(): void;
  /** Forget it. Throws StoreFailure. */
  drop(): Promise<void>;
  /** Let another form have the name. What is kept stays. */
  release(): void;
}

/** A draft that was begun and left. */
export interface WaitingDraft {
  /** The name of its form. */
  readonly name: string;
  /** Another tab holds it. */
  readonly isElsewhere: boolean;
  /** What was left; null where another tab holds it, or where it cannot be read. */
  readonly left: unknown;
}

export class Drafts {
  readonly #options: DraftOptions;
  /** Rows in the hands of this tab's forms. */
  readonly #mine = new Set<string>();
  readonly #waiting = signal<readonly WaitingDraft[] | null>(null);
  #followers = 0;
  #looked = 0;

  constructor(options: DraftOptions) {
    this.#options = options;
  }

  /** Drafts that no form of this tab holds, as they were when last looked at; null before. */
  get waiting(): ReadonlySignal<readonly WaitingDraft[] | null> {
    return this.#waiting;
  }

  /** Look what waits, now and whenever a form of this tab closes, until what this gives is called. */
  follow(): () => void {
    this.#followers += 1;
    void this.#look();
    return () => {
      this.#followers -= 1;
    };
  }

  /**
   * Take hold of the draft `name` of a form: of what was left under that name and `isMine`, else of the first number
   * that no other tab holds. Throws StoreFailure.
   */
  async hold(name: string, isMine: (left: unknown) => boolean = () => true): Promise<Draft> {
    try {
      const closing = AbortSignal.timeout(CLOSING);
      for (const { row, mayBeClosing } of await this.#places(name)) {
        const release = await lock(this.#lockOf(row), mayBeClosing ? closing : null);
        if (release === null) continue;
        try {
          const left = await this.#read(row);
          if (left === null || isMine(left)) return this.#held(row, left, release);
          release();
        } catch (cause) {
          release();
          throw cause;
        }
      }
    } catch (cause) {
      throw failureOf(cause);
    }
    // Nobody has that many tabs of one form open; the last ones share a row.
    return this.#held(rowOf(name, MOST), null, () => undefined);
  }

  /** Rows to try in turn: those that are there, then the first free one. Either may be in the hands of a form that is closing. */
  async #places(name: string): Promise<readonly { row: string; mayBeClosing: boolean }[]> {
    const left = (await this.#rows(`${PREFIX}${name}/`)).filter((row) => nameOf(row) === name);
    const numbered = Array.from({ length: MOST - 1 }, (_, i) => rowOf(name, i + 1));
    const free = numbered.filter((row) => !left.includes(row));
    return [...left, ...free].map((row, i) => ({ row, mayBeClosing: i <= left.length }));
  }

  #rows(start: string): Promise<string[]> {
    const named = IDBKeyRange.bound(start, `${start}\uffff`);
    return readFrom(this.#options.database, "local", (store) => store.getAllKeys(named));
  }

  #lockOf(row: string): string {
    return `${this.#options.database.name}/${row}`;
  }

  /** What cannot be read now is not waited for: it is looked at again when a form closes. */
  async #look(): Promise<void> {
    this.#looked += 1;
    const look = this.#looked;
    const found: WaitingDraft[] = [];
    try {
      const rows = (await this.#rows(PREFIX)).filter((row) => !this.#mine.has(row));
      // Nothing is locked to look: whoever opens the form meanwhile would take it for another tab's.
      const held = await heldLocks();
      for (const row of rows) {
        const isElsewhere = held.has(this.#lockOf(row));
        const left = isElsewhere ? null : await this.#read(row);
        if (isElsewhere || left !== null) found.push({ name: nameOf(row) ?? "", isElsewhere, left });
      }
    } catch {
      return;
    }
    if (look === this.#looked) this.#waiting.value = found;
  }

  #held(row: string, left: unknown, release: () => void): Draft {
    let wanted: { readonly value: unknown } | null = null;
    let writing: Promise<void> | null = null;
    let giving = new AbortController();
    const writeWanted = async (): Promise<void> => {
      try {
        while (wanted !== null) {
          const { value } = wanted;
          wanted = null;
          if (value === null) await this.#delete(row);
          else await this.#write(row, value, giving.signal);
        }
      } finally {
        // In one step with seeing that nothing is wanted: a value that comes now finds nobody writing.
        writing = null;
      }
    };
    const keep = (value: unknown): Promise<void> => {
      wanted = { value };
      writing ??= writeWanted();
      return writing;
    };
    const giveWay = (): void => {
      wanted = null;
      // The database answers in the order in which it is asked, so what comes next need not wait for the end of it.
      giving.abort(new StoreFailure("not-kept"));
      giving = new AbortController();
    };
    this.#mine.add(row);
    return {
      isFirst: row.endsWith("/1"),
      row,
      left,
      keep,
      giveWay,
      drop: () => {
        giveWay();
        return keep(null);
      },
      release: () => {
        this.#mine.delete(row);
        release();
        if (this.#followers > 0) void this.#look();
      },
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

/** The form's name in the name of a row; null where it is none. */
function nameOf(row: string): string | null {
  return /^draft\/(.+)\/\d{1,2}$/.exec(row)?.[1] ?? null;
}
