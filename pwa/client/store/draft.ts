/**
 * The draft that one form in one tab holds: written as fast as the phone can, in the order in which it was typed.
 */
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import type { Database } from "./database.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { writeAtOnce, writeInVault } from "./transaction.ts";

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
  /** The same where the page may be gone in a moment: nothing that is under way is waited for. Throws StoreFailure. */
  keepAtOnce(value: unknown): Promise<void>;
  /** What is not durable yet gives way to what is written next, and nothing of it comes later. */
  giveWay(): void;
  /** Forget it. Throws StoreFailure. */
  drop(): Promise<void>;
  /** Let another form have the name. What is kept stays. */
  release(): void;
}

/** What a draft is held with. */
interface Hold {
  readonly row: string;
  readonly isFirst: boolean;
  readonly left: unknown;
  readonly release: () => void;
}

/** One write: what was asked for later has a higher number. */
interface Write {
  readonly number: number;
  readonly giving: AbortController;
}

export class HeldDraft implements Draft {
  readonly row: string;
  readonly isFirst: boolean;
  readonly left: unknown;
  readonly release: () => void;
  readonly #options: DraftOptions;
  /** What is to be written next. */
  #wanted: { readonly value: unknown } | null = null;
  #writing: Promise<void> | null = null;
  #hurrying: { readonly text: string; readonly done: Promise<void> } | null = null;
  readonly #underWay = new Set<Write>();
  #asked = 0;
  #written = 0;

  constructor(options: DraftOptions, { row, isFirst, left, release }: Hold) {
    this.#options = options;
    this.row = row;
    this.isFirst = isFirst;
    this.left = left;
    this.release = release;
  }

  keep(value: unknown): Promise<void> {
    this.#wanted = { value };
    this.#writing ??= this.#writeWanted();
    return this.#writing;
  }

  keepAtOnce(value: unknown): Promise<void> {
    if (value === null) return this.keep(value);
    const text = JSON.stringify(value);
    // It is asked more than once as a page goes; begun anew it would only come later.
    if (this.#hurrying?.text === text && this.#wanted === null) return this.#hurrying.done;
    this.#wanted = null;
    const done = this.#write((write) => this.#putUnwatched(text, write));
    const hurry = { text, done };
    this.#hurrying = hurry;
    const rest = (): void => {
      if (this.#hurrying === hurry) this.#hurrying = null;
    };
    done.then(rest, rest);
    return done;
  }

  giveWay(): void {
    this.#wanted = null;
    // The database answers in the order in which it is asked, so what comes next need not wait for the end of it.
    this.#abortBefore(Number.POSITIVE_INFINITY);
  }

  drop(): Promise<void> {
    this.giveWay();
    return this.keep(null);
  }

  async #writeWanted(): Promise<void> {
    try {
      while (this.#wanted !== null) {
        const { value } = this.#wanted;
        this.#wanted = null;
        await this.#write((write) => (value === null ? this.#delete(write) : this.#put(JSON.stringify(value), write)));
        // It may have taken the place of what was just written.
        await this.#hurrying?.done;
      }
    } finally {
      // In one step with seeing that nothing is wanted: a value that comes now finds nobody writing.
      this.#writing = null;
    }
  }

  /** Do one write, which can be made to give way. */
  async #write(work: (write: Write) => Promise<void>): Promise<void> {
    this.#asked += 1;
    const write: Write = { number: this.#asked, giving: new AbortController() };
    this.#underWay.add(write);
    try {
      await work(write);
    } catch (cause) {
      if (!write.giving.signal.aborted) throw cause;
    } finally {
      this.#underWay.delete(write);
    }
  }

  #abortBefore(number: number): void {
    for (const write of this.#underWay) if (write.number < number) write.giving.abort(new StoreFailure("not-kept"));
  }

  /** Whether nothing newer was written. However long each takes to be sealed, nothing older is written over it. */
  #isNewest({ number }: Write): boolean {
    if (number < this.#written) return false;
    this.#written = number;
    return true;
  }

  async #put(text: string, write: Write, isUnwatched = false): Promise<void> {
    const { database, keys, sealing } = this.#options;
    const sealed = await sealing.sealLocal(keys, this.row, new TextEncoder().encode(text)).catch((cause: unknown) => {
      throw failureOf(cause);
    });
    // A page that goes takes along what the database has not begun, and this begins when nothing is before it.
    if (isUnwatched) this.#abortBefore(write.number);
    await writeInVault(database, keys.space, {
      stores: ["vault", "local"],
      durability: "strict",
      signal: write.giving.signal,
      work: async (transaction) => {
        if (!this.#isNewest(write)) return;
        const put = transaction.objectStore("local").put(sealed, this.row);
        if (isUnwatched) transaction.commit();
        await put;
      },
    });
  }

  /**
   * Written also where the page goes before the database has answered: it is told to commit in the same breath. What
   * so was written into another vault is taken out again.
   */
  async #putUnwatched(text: string, write: Write): Promise<void> {
    try {
      await this.#put(text, write, true);
    } catch (cause) {
      if (failureOf(cause).code === "gone") await this.#takeOut();
      throw cause;
    }
  }

  #delete(write: Write): Promise<void> {
    const { database, keys } = this.#options;
    return writeInVault(database, keys.space, {
      stores: ["vault", "local"],
      durability: "strict",
      work: async (transaction) => {
        if (this.#isNewest(write)) await transaction.objectStore("local").delete(this.row);
      },
    });
  }

  #takeOut(): Promise<void> {
    return writeAtOnce(this.#options.database, {
      stores: ["local"],
      durability: "relaxed",
      work: (transaction) => transaction.objectStore("local").delete(this.row),
    }).catch(() => undefined);
  }
}
