/**
 * What there is of a diary once its keys are here: the log and the shelf that bring its records into memory, the drafts,
 * the keys. All are made in one act, so that none is there without the others.
 */
import { type KeyId, makeWriter } from "../replica/ids.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import type { Database } from "./database.ts";
import { Drafts } from "./drafts.ts";
import { Log } from "./log.ts";
import type { Records } from "./records.ts";
import { Shelf } from "./shelf.ts";
import type { readNear } from "./snapshot.ts";
import { readSyncState } from "./sync-state.ts";
import { type Entrance, keysOf, readVault, vaultKeysIn } from "./vault-door.ts";

export interface OpenDiaryOptions {
  readonly database: Database;
  readonly sealing: Sealing;
  /** The phone's clock, in ms. */
  readonly now: () => number;
  /** As many random bytes as asked for. */
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
  readonly records: Records;
  /** Whether all records are in memory. */
  readonly isWhole: () => boolean;
}

export class OpenDiary {
  readonly #database: Database;
  /** The vault's current keys, but the local one is the door's. All parts have this very object, which turns with the vault. */
  readonly keys: VaultKeys;
  /** All keys of the vault by their ids, those of the door too. */
  readonly #otherKeys = new Map<KeyId, VaultKeys>();
  /** The row that the keys were last taken from. */
  #turned = "";
  readonly log: Log;
  readonly drafts: Drafts;
  readonly shelf: Shelf;
  /** The vault turned, and its keys were spoilt here: what is written goes under the door's, as before it turned. */
  isSpoilt = false;
  /** What holds the vault key, where this phone keeps none that opens it. */
  held: Entrance["held"];

  constructor(options: OpenDiaryOptions, { keys: door, held }: Entrance) {
    this.#database = options.database;
    this.keys = { ...door };
    this.#otherKeys.set(door.keyId, door);
    this.held = held;
    const shared = { ...options, keys: this.keys };
    this.drafts = new Drafts(shared);
    this.log = new Log({
      ...shared,
      otherKeys: this.#otherKeys,
      // Read with each save: no tab says of the server what was so before the rows that it has read.
      saw: async () => (await readSyncState(options.database, this.keys.space).catch(() => undefined))?.saw,
      freshWriter: () => makeWriter(options.random),
      onTakeIn: (...items) => this.shelf.note(...items),
    });
    this.shelf = new Shelf({ ...shared, log: this.log });
  }

  /** Put what today needs into memory; what was asked of the database already is not asked again. */
  async open(near?: ReturnType<typeof readNear>, keysHere?: Promise<unknown>): Promise<void> {
    await this.#takeKeys(keysHere);
    await this.shelf.open(near);
  }

  /** Learn these keys, and those in the database, and read what waited for one; gives whether anything did. Throws StoreFailure. */
  async learn(keys: readonly VaultKeys[]): Promise<boolean> {
    await this.#takeKeys();
    for (const key of keys) this.#otherKeys.set(key.keyId, key);
    return this.shelf.readWaiting(this.#otherKeys);
  }

  /** Take up the keys in the database, where that row is another than before. */
  async #takeKeys(here = readVault(this.#database, "keys")): Promise<void> {
    const { keys } = this;
    const row = await here;
    if (String(row) === this.#turned) return;
    let current: VaultKeys | null = null;
    const turned = await vaultKeysIn(row, keys);
    this.isSpoilt = turned === null;
    for (const key of turned ?? []) {
      current = await keysOf(keys.space, key);
      this.#otherKeys.set(current.keyId, current);
    }
    Object.assign(keys, current, { local: keys.local });
    this.#turned = String(row);
  }
}
