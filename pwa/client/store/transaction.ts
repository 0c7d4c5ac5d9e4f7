/**
 * Reading from one store, and writing in one transaction: all of it is durable, or none of it is there.
 *
 * A transaction commits by itself as soon as nothing is asked of it, whatever the code around it makes of a failure.
 * So every failure aborts it here, and only here.
 */
import type { IDBPObjectStore, IDBPTransaction, StoreNames } from "idb";
import type { SpaceId } from "../replica/ids.ts";
import { type CairnSchema, type Connection, type Database, withConnection } from "./database.ts";
import { failureOf, StoreFailure } from "./failures.ts";

type Name = StoreNames<CairnSchema>;
export type Writable<Names extends Name> = IDBPTransaction<CairnSchema, Names[], "readwrite">;

export interface WriteOptions<Names extends Name, T> {
  readonly stores: readonly Names[];
  /** Awaits nothing but requests of this transaction, or the browser commits it early. */
  readonly work: (transaction: Writable<Names>) => Promise<T>;
  /** `strict` for what a person wrote. */
  readonly durability: "strict" | "relaxed";
  /** Takes the write back, as long as it is not committed; what is then thrown is the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Read from one store; `read` asks of it once. Throws what the browser throws, and StoreFailure when nothing opens. */
export function readFrom<Store extends Name, T>(
  database: Database,
  store: Store,
  read: (store: IDBPObjectStore<CairnSchema, [Store], Store, "readonly">) => Promise<T>,
): Promise<T> {
  return withConnection(database, (connection) => {
    const transaction = connection.transaction(store);
    // The request says what went wrong.
    transaction.done.catch(() => undefined);
    return read(transaction.store);
  });
}

/**
 * Write into the vault of this space; `stores` names `vault` too. Throws StoreFailure; `gone` when another vault is
 * here, or none: what was written would be sealed under a key that nobody has.
 */
export function writeInVault<Names extends Name, T>(
  database: Database,
  space: SpaceId,
  { work, ...options }: WriteOptions<Names | "vault", T>,
): Promise<T> {
  return writeAtOnce(database, {
    ...options,
    work: async (transaction) => {
      // Asked first and answered first; what `work` asks does not wait for it, and is not committed without it.
      const ours = whetherOurs(transaction.objectStore("vault").get("slot"), space);
      const [result] = await Promise.all([work(transaction), ours]);
      return result;
    },
  });
}

/** See that the vault of this space is still here. Throws StoreFailure `gone`. */
export async function verifyOurs(database: Database, space: SpaceId): Promise<void> {
  try {
    await whetherOurs(
      readFrom(database, "vault", (store) => store.get("slot")),
      space,
    );
  } catch (cause) {
    throw failureOf(cause);
  }
}

/** Write in one transaction, and resolve with what `work` gave once it is committed. Throws StoreFailure. */
export async function writeAtOnce<Names extends Name, T>(database: Database, options: WriteOptions<Names, T>): Promise<T> {
  try {
    return await withConnection(database, (connection) => commit(connection, options));
  } catch (cause) {
    throw failureOf(cause);
  }
}

async function commit<Names extends Name, T>(
  connection: Connection,
  { stores, work, durability, signal }: WriteOptions<Names, T>,
): Promise<T> {
  signal?.throwIfAborted();
  const transaction = connection.transaction([...stores], "readwrite", { durability });
  transaction.done.catch(() => undefined);
  const takeBack = (): void => abort(transaction);
  signal?.addEventListener("abort", takeBack);
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (cause) {
    abort(transaction);
    await transaction.done.catch(() => undefined);
    throw signal?.aborted ? signal.reason : (transaction.error ?? cause);
  } finally {
    signal?.removeEventListener("abort", takeBack);
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // The browser was first.
  }
}

async function whetherOurs(slot: Promise<unknown>, space: SpaceId): Promise<void> {
  if (!isOf(space, await slot)) throw new StoreFailure("gone");
}

function isOf(space: SpaceId, slot: unknown): boolean {
  return typeof slot === "object" && slot !== null && "space" in slot && slot.space === space;
}
