/**
 * The database on the phone.
 *
 * What a person wrote stands here sealed only: `revisions` holds headers and blobs, `local` sealed
 * drafts and snapshots, `vault` the slot that opens them. Row numbers of `revisions` follow the order of commits,
 * so that another tab reads on from the last one it saw. `sync`, `seen` and `roll` say how far the server is known.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { RecordId, RevisionId } from "../replica/ids.ts";
import { StoreFailure } from "./failures.ts";
import type { RollRow, SeenRow, SyncState } from "./sync-rows.ts";

const VERSION = 2;

type Bytes = Uint8Array<ArrayBuffer>;

export interface RevisionRow {
  readonly seq?: number;
  readonly id: RevisionId;
  /** "" where the header is of a later format, and nobody can tell. */
  readonly record: RecordId;
  readonly header: Bytes;
  /** None of a stub, of which the server has let the content go. */
  readonly blob?: Bytes;
  /** Of a stub; with the header it still proves the id. */
  readonly blobHash?: Bytes;
  /** It came from the server, so it need not be sent there. */
  readonly received?: true;
}

/**
 * What opens the vault on this phone: the slot, and the key of its own that the browser keeps; when it locks. Once the vault
 * turned, all its keys, sealed. And the pair whose public half has a slot in the roll, by which this phone learns a later key.
 */
export type VaultRow = "slot" | "device-key" | "lock" | "keys" | "device-pair";

export interface CairnSchema extends DBSchema {
  vault: { key: VaultRow; value: unknown };
  revisions: { key: number; value: RevisionRow; indexes: { id: RevisionId; record: RecordId } };
  local: { key: string; value: Uint8Array<ArrayBuffer> };
  /** Holds a key for a moment, to learn whether this browser stores such keys. */
  probe: { key: string; value: CryptoKey };
  /** How far this phone and the server are with each other. */
  sync: { key: "state"; value: SyncState };
  /** The ids that stand on the server, page by page, by generation and the number of the first. */
  seen: { key: [generation: string, first: number]; value: SeenRow };
  /** The vault's roll, in the order it was met. */
  roll: { key: number; value: RollRow; indexes: { id: RevisionId } };
}

export type Connection = IDBPDatabase<CairnSchema>;

/** A database that is opened when it is needed, and opened anew when the browser dropped the connection. */
export interface Database {
  readonly name: string;
  /** Give an open connection. Throws StoreFailure: `unavailable`, `later-version`. */
  connect(): Promise<Connection>;
  /** Forget a connection that does not work any more. One opened since stays. */
  letGo(connection: Connection): Promise<void>;
}

/**
 * Name the person's database; nothing is opened yet.
 *
 * A connection is closed for a later version of the app, so that its upgrade is not held up. It is not closed for a
 * deletion: a diary is not thrown away under the hands of its writer.
 */
export function databaseNamed(name: string): Database {
  let open: Promise<Connection> | null = null;
  const openAnew = (): Promise<Connection> => {
    const forget = (): void => {
      if (open === opening) open = null;
    };
    const opening = openConnection(name, forget);
    opening.catch(forget);
    return opening;
  };
  return {
    name,
    connect() {
      open ??= openAnew();
      return open;
    },
    async letGo(connection) {
      const opening = open;
      const current = await opening?.catch(() => null);
      if (current !== connection) return;
      if (open === opening) open = null;
      connection.close();
    },
  };
}

/**
 * Run `work` on a connection; when the browser has dropped the connection meanwhile, or does not say what failed,
 * once more on a new one. What `work` wrote may have been committed all the same: twice must be as once.
 */
export async function withConnection<T>(database: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await database.connect();
  try {
    return await work(connection);
  } catch (cause) {
    if (!isDropped(cause)) throw cause;
    await database.letGo(connection);
    return work(await database.connect());
  }
}

async function openConnection(name: string, forget: () => void): Promise<Connection> {
  try {
    return await openDB<CairnSchema>(name, VERSION, {
      upgrade: (connection, from) => {
        if (from < 1) createStores(connection);
        // What it said stands in the revisions.
        if (from === 1) connection.deleteObjectStore("heads" as never);
        if (from < 2) createSyncStores(connection);
      },
      blocking: (_current, wanted, event) => {
        if (wanted === null) return;
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  } catch (cause) {
    throw failureToOpen(cause);
  }
}

function createStores(connection: Connection): void {
  connection.createObjectStore("vault");
  const revisions = connection.createObjectStore("revisions", { keyPath: "seq", autoIncrement: true });
  revisions.createIndex("id", "id", { unique: true });
  revisions.createIndex("record", "record");
  connection.createObjectStore("local");
  connection.createObjectStore("probe");
}

/** Rows of before stay as they are: none of them was received. */
function createSyncStores(connection: Connection): void {
  connection.createObjectStore("sync");
  connection.createObjectStore("seen", { keyPath: ["generation", "first"] });
  connection.createObjectStore("roll", { keyPath: "n", autoIncrement: true }).createIndex("id", "id", { unique: true });
}

/** WebKit drops the connection of a tab in the background; a forced clearing of data aborts what is under way. */
const DROPPED = ["InvalidStateError", "AbortError", "UnknownError"];

function isDropped(cause: unknown): boolean {
  return cause instanceof DOMException && DROPPED.includes(cause.name);
}

function failureToOpen(cause: unknown): StoreFailure {
  const isLater = cause instanceof DOMException && cause.name === "VersionError";
  return new StoreFailure(isLater ? "later-version" : "unavailable", { cause });
}
