/**
 * The database on the phone.
 *
 * What a person wrote stands here sealed only: `revisions` holds headers and blobs, `heads` ids, `local` sealed
 * drafts and snapshots, `vault` the slot that opens them. Row numbers of `revisions` follow the order of commits,
 * so that another tab reads on from the last one it saw.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { RecordId, RevisionId } from "../replica/ids.ts";
import { StoreFailure } from "./failures.ts";

const VERSION = 1;

export interface RevisionRow {
  readonly seq?: number;
  readonly id: RevisionId;
  readonly record: RecordId;
  readonly header: Uint8Array<ArrayBuffer>;
  readonly blob: Uint8Array<ArrayBuffer>;
}

/** The heads of a record, in the opinion of the app that wrote it last. Nothing here relies on it. */
export interface HeadsRow {
  readonly record: RecordId;
  readonly ids: readonly RevisionId[];
}

export interface CairnSchema extends DBSchema {
  vault: { key: "slot" | "device-key"; value: unknown };
  revisions: { key: number; value: RevisionRow; indexes: { id: RevisionId; record: RecordId } };
  heads: { key: RecordId; value: HeadsRow };
  local: { key: string; value: Uint8Array<ArrayBuffer> };
  /** Holds a key for a moment, to learn whether this browser stores such keys. */
  probe: { key: string; value: CryptoKey };
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
      upgrade: createStores,
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
  connection.createObjectStore("heads", { keyPath: "record" });
  connection.createObjectStore("local");
  connection.createObjectStore("probe");
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
