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
import { type Draft, type DraftOptions, HeldDraft } from "./draft.ts";
import { failureOf } from "./failures.ts";
import { heldLocks, lock } from "./locks.ts";
import { readFrom } from "./transaction.ts";

const PREFIX = "draft/";
/** Of one form: for each tab, and for each thing that it is about. */
const MOST = 99;

/** How long a form that is just closing may take to let go of its draft, in ms. */
const CLOSING = 250;

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
    this.#mine.add(row);
    return new HeldDraft(this.#options, {
      row,
      left,
      isFirst: row.endsWith("/1"),
      release: () => {
        this.#mine.delete(row);
        release();
        if (this.#followers > 0) void this.#look();
      },
    });
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
}

function rowOf(name: string, number: number): string {
  return `${PREFIX}${name}/${number}`;
}

/** The form's name in the name of a row; null where it is none. */
function nameOf(row: string): string | null {
  return /^draft\/(.+)\/\d{1,2}$/.exec(row)?.[1] ?? null;
}
