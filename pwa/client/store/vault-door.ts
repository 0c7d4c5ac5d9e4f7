/**
 * The door to the vault on this phone: making it, and opening it again.
 *
 * Usually a key that no script can read out opens it, and the app opens at once. Some browsers will not store such a
 * key (private windows, lockdown modes): whether this one does is tried, not guessed. Where it does not, and where the
 * person locks the app, something is asked for each time: `asking-door.ts`, of which words open one: `words-door.ts`.
 */
import { NewerFormat } from "../replica/header.ts";
import { fromBase64url, type KeyId, makeSpaceId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { fromUtf8 } from "../replica/utf8.ts";
import { openBlob, sealBlob } from "../vault/blob.ts";
import { makeDeviceKey, unwrapForDevice, wrapForDevice } from "../vault/device-slot.ts";
import { deriveKeys, makeVaultKey, type VaultKey, type VaultKeys, vaultKeyOf, wipeVaultKey } from "../vault/keys.ts";
import { openLocal } from "../vault/local.ts";
import { type DeviceSlot, parseDeviceSlot, type Slot } from "../vault/slot.ts";
import { type Database, type VaultRow, withConnection } from "./database.ts";
import { isFull, StoreFailure } from "./failures.ts";
import { readFrom, writeAtOnce } from "./transaction.ts";

const PROBE_BYTES = 12;

/** A space, and the key of the vault that it is. */
export interface Vault {
  readonly space: SpaceId;
  readonly key: VaultKey;
  /** Of one that is elsewhere: what is put into the database in one act with its door, so that neither is there alone. */
  readonly rows?: readonly (readonly [store: "vault" | "local", key: string, value: Uint8Array<ArrayBuffer>])[];
}

/** The key of a vault that was opened by what the person was asked for: with this page, it is gone. */
export interface HeldKey {
  /** Take it out, to be wiped after use. */
  take(): Promise<VaultKey>;
  /** The same door, for another vault. Throws StoreFailure `no-key` where it has to be asked for again. */
  slotFor(vault: Vault): Promise<Slot>;
}

/** What an open diary works with; `held` where this phone keeps no key that opens it. */
export interface Entrance {
  readonly keys: VaultKeys;
  readonly held: HeldKey | null;
}

/** Read what stands in the vault. */
export function readVault(database: Database, key: VaultRow): Promise<unknown> {
  return readFrom(database, "vault", (store) => store.get(key));
}

/** Look whether there is a vault here: the slot that opens at once, or that something is to be asked for. Throws StoreFailure. */
export async function findDoor(slotHere: Promise<unknown>): Promise<DeviceSlot | "none" | "asks"> {
  const raw = await slotHere;
  if (raw === undefined) return "none";
  const kind = (raw as Partial<Slot> | null)?.kind;
  return kind === "passphrase" || kind === "passkey" ? "asks" : deviceSlotOf(raw);
}

/** Open the vault with the key that this browser keeps. Throws StoreFailure `no-key`. */
export async function openWithDeviceKey(keyHere: Promise<unknown>, slot: DeviceSlot): Promise<VaultKeys> {
  return keysOf(slot.space, await takeWithDeviceKey(keyHere, slot));
}

/** Take the vault key out with that key; it is the caller's to wipe. Throws StoreFailure `no-key`. */
export async function takeWithDeviceKey(keyHere: Promise<unknown>, slot: DeviceSlot): Promise<VaultKey> {
  try {
    return await unwrapForDevice((await keyHere) as CryptoKey, slot);
  } catch (cause) {
    throw new StoreFailure("no-key", { cause });
  }
}

/**
 * Make a vault that this browser opens by itself. Gives null where the browser does not store such a key; then
 * nothing was made. `vault` is one that is elsewhere already. Where another tab made one meanwhile, that one is opened.
 * Throws StoreFailure.
 */
export async function makeDoorForDevice(
  database: Database,
  random: (length: number) => Uint8Array,
  vault?: Vault,
): Promise<VaultKeys | null> {
  const deviceKey = await makeKeptKey(database, random);
  if (deviceKey === null) return null;
  return withVault(random, vault, async ({ space, key, rows }) => {
    const there = await putSlot(database, await wrapForDevice(deviceKey, key, space), deviceKey, rows);
    if (there === undefined) return deriveKeys({ space, key });
    return openWithDeviceKey(readVault(database, "device-key"), deviceSlotOf(there));
  });
}

/** Make a key that this browser keeps; null where it keeps none. Throws StoreFailure. */
export async function makeKeptKey(database: Database, random: (length: number) => Uint8Array): Promise<CryptoKey | null> {
  const deviceKey = await makeDeviceKey();
  return (await keepsKey(database, deviceKey, `probe/${toBase64url(random(PROBE_BYTES))}`)) ? deviceKey : null;
}

/**
 * Try it: store the key, read it back in a transaction of its own, and use what came back. Nothing of it stays.
 * `name` is this try's alone: another tab may be trying too. A full phone is no answer: throws StoreFailure `full`.
 */
async function keepsKey(database: Database, deviceKey: CryptoKey, name: string): Promise<boolean> {
  const bytes = new TextEncoder().encode(name);
  try {
    return await withConnection(database, async (connection) => {
      try {
        await connection.put("probe", deviceKey, name);
        const back: unknown = await readFrom(database, "probe", (store) => store.get(name));
        if (!(back instanceof CryptoKey)) return false;
        const opened = await openBlob(back, await sealBlob(deviceKey, bytes, bytes), bytes);
        return opened.length === bytes.length;
      } finally {
        await connection.delete("probe", name);
      }
    });
  } catch (cause) {
    if (cause instanceof StoreFailure) throw cause;
    if (isFull(cause)) throw new StoreFailure("full", { cause });
    return false;
  }
}

/** Keep a slot, unless there is one: two tabs may begin at once. Gives what was there. */
export function putSlot(database: Database, slot: Slot, deviceKey: CryptoKey | null, rows: Vault["rows"] = []): Promise<unknown> {
  return writeAtOnce(database, {
    stores: ["vault", "local"],
    durability: "strict",
    work: async (transaction) => {
      const store = transaction.objectStore("vault");
      const found: unknown = await store.get("slot");
      if (found !== undefined) return found;
      await store.put(slot, "slot");
      if (deviceKey !== null) await store.put(deviceKey, "device-key");
      for (const [name, key, row] of rows) await transaction.objectStore(name).put(row, key as VaultRow);
      return undefined;
    },
  });
}

/** Work with the vault given, or make one, and overwrite the key that was made when `work` is over, however it ended. */
export async function withVault<T>(
  random: (length: number) => Uint8Array,
  vault: Vault | undefined,
  work: (vault: Vault) => Promise<T>,
): Promise<T> {
  if (vault !== undefined) return work(vault);
  const key = makeVaultKey(random);
  try {
    return await work({ space: makeSpaceId(random), key });
  } finally {
    wipeVaultKey(key);
  }
}

/**
 * The vault's keys from the row that holds them, oldest first, the current one last; none where it never turned, and null
 * where the row was spoilt. They are sealed under the local key of the door, whichever is current.
 */
export async function vaultKeysIn(row: unknown, door: VaultKeys): Promise<readonly VaultKey[] | null> {
  if (row === undefined) return [];
  try {
    const keys: [KeyId, string][] = JSON.parse(fromUtf8(await openLocal(door, "keys", row as Uint8Array<ArrayBuffer>)));
    return keys.map(([id, key]) => vaultKeyOf(id, fromBase64url(key)));
  } catch {
    return null;
  }
}

/** Derive the daily keys of an opened slot, and overwrite the vault key. */
export async function keysOf(space: SpaceId, key: VaultKey): Promise<VaultKeys> {
  try {
    return await deriveKeys({ space, key });
  } finally {
    wipeVaultKey(key);
  }
}

function deviceSlotOf(raw: unknown): DeviceSlot {
  return readSlot(raw, parseDeviceSlot);
}

/** Read a slot. Throws StoreFailure. */
export function readSlot<S extends Slot>(raw: unknown, parse: (raw: unknown) => S): S {
  try {
    return parse(raw);
  } catch (cause) {
    throw new StoreFailure(cause instanceof NewerFormat ? "later-version" : "no-key", { cause });
  }
}
