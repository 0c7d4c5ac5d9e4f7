/** What a browser's database does when it goes wrong, on purpose and at one place. */
import { forceCloseDatabase } from "fake-indexeddb";

/** What goes wrong. */
export type Fault =
  /** The request fails for want of room, and with it the transaction. */
  | "full"
  /** The browser gives up on the transaction. */
  | "given-up"
  /** The call throws at once, as for a value that cannot be stored. */
  | "throws"
  /** The browser drops the connection in the middle. */
  | "closed"
  /** Everything is asked, and then the commit fails for want of room. */
  | "full-at-commit"
  /** The commit succeeds, and yet the page hears that the connection was lost. */
  | "lost-after-commit";

export const FAULTS: readonly Fault[] = ["full", "given-up", "throws", "closed", "full-at-commit", "lost-after-commit"];

/** Faults of a request, and of a commit: each counts its own. */
export const KINDS_OF_FAULTS: readonly (readonly Fault[])[] = [FAULTS.slice(0, 4), FAULTS.slice(4)];

export interface Planned {
  /** Whether it has happened. */
  readonly isMet: boolean;
  /** Let the database be sound again. */
  end(): void;
}

export interface Plan {
  readonly fault: Fault;
  /** At which request from now on, the first being 1; of commits likewise. */
  readonly at: number;
  /** Every one from there on, not that one alone. */
  readonly isLasting?: boolean;
  /** Only in transactions that write. */
  readonly isWriting?: boolean;
}

interface FakeTransaction {
  readonly db: IDBDatabase;
  readonly mode: string;
  readonly _requests: { operation: () => unknown }[];
  error: DOMException | null;
  _abort(name: string): void;
  dispatchEvent(event: { type: string }): void;
}

const REQUESTS: readonly [() => object, readonly string[]][] = [
  [() => IDBObjectStore.prototype, ["put", "add", "delete", "get", "getAll", "getAllKeys", "openKeyCursor", "openCursor"]],
  [() => IDBIndex.prototype, ["get", "getKey", "getAll", "openKeyCursor"]],
];

/** Plan one fault for the whole process; end it before the next. */
export function plan({ fault, at, isLasting = false, isWriting = false }: Plan): Planned {
  let count = 0;
  let isMet = false;
  const isNow = (transaction: FakeTransaction): boolean => {
    if (isWriting && transaction.mode === "readonly") return false;
    count++;
    const now = isLasting ? count >= at : count === at;
    isMet ||= now;
    return now;
  };
  const ends = fault === "full-at-commit" || fault === "lost-after-commit" ? [spoilCommits(fault, isNow)] : spoilRequests(fault, isNow);
  return {
    get isMet() {
      return isMet;
    },
    end() {
      for (const end of ends) end();
    },
  };
}

function spoilRequests(fault: Fault, isNow: (transaction: FakeTransaction) => boolean): (() => void)[] {
  return REQUESTS.flatMap(([prototypeOf, names]) =>
    names.map((name) => {
      const prototype = prototypeOf() as Record<string, (...values: unknown[]) => unknown>;
      const sound = prototype[name];
      if (sound === undefined) throw new Error(`The database has no ${name}.`);
      prototype[name] = function (this: { transaction?: unknown; objectStore?: { transaction: unknown } }, ...values) {
        const transaction = (this.transaction ?? this.objectStore?.transaction) as FakeTransaction;
        if (!isNow(transaction)) return sound.apply(this, values);
        if (fault === "throws") throw new DOMException("planned", "DataCloneError");
        const request = sound.apply(this, values);
        if (fault === "closed") queueMicrotask(() => forceCloseDatabase(transaction.db as never));
        else spoilLast(transaction, fault === "full" ? "QuotaExceededError" : "UnknownError");
        return request;
      };
      return () => {
        prototype[name] = sound;
      };
    }),
  );
}

function spoilLast(transaction: FakeTransaction, name: string): void {
  const last = transaction._requests.at(-1);
  if (last === undefined) return;
  last.operation = () => {
    throw new DOMException("planned", name);
  };
}

function spoilCommits(fault: Fault, isNow: (transaction: FakeTransaction) => boolean): () => void {
  const prototype = IDBDatabase.prototype;
  const sound = prototype.transaction;
  prototype.transaction = function (this: IDBDatabase, ...asked: Parameters<typeof sound>) {
    const transaction = sound.apply(this, asked);
    const fake = transaction as unknown as FakeTransaction;
    const dispatch = fake.dispatchEvent.bind(fake);
    fake.dispatchEvent = (event) => {
      if (event.type !== "complete" || !isNow(fake)) return dispatch(event);
      if (fault === "full-at-commit") return fake._abort("QuotaExceededError");
      fake.error = new DOMException("Connection to Indexed Database server lost. Refresh the page to try again", "UnknownError");
      dispatch(Object.assign(event, { type: "abort" }));
    };
    return transaction;
  };
  return () => {
    prototype.transaction = sound;
  };
}
