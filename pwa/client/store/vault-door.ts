/**
 * The door to the vault on this phone: making it, and opening it again.
 *
 * Usually a key that no script can read out opens it, and the app opens at once. Some browsers will not store such a
 * key (private windows, lockdown modes): whether this one does is tried, not guessed. Where it does not, the person
 * chooses words, and is asked for them each time: `words-door.ts`.
 */
import { NewerFormat } from "../replica/header.ts";
import { makeSpaceId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { openBlob, sealBlob } from "../vault/blob.ts";
import { makeDeviceKey, unwrapForDevice, wrapForDevice } from "../vault/device-slot.ts";
import { deriveKeys, makeVaultKey, type VaultKey, type VaultKeys, wipeVaultKey } from "../vault/keys.ts";
import { parseSlot, type Slot } from "../vault/slot.ts";
import { type Database, withConnection } from "./database.ts";
import { isFull, StoreFailure } from "./failures.ts";
import { readFrom, writeAtOnce } from "./transaction.ts";

const PROBE_BYTES = 12;

/** A space, and the key of the vault that it is. */
export interface Vault {
  readonly space: SpaceId;
  readonly key: VaultKey;
}

/** How the vault on this phone is to be opened. */
export type Door = "none" | "open-at-once" | "asks-for-words";

/** Read what stands in the vault: `slot`, or `device-key`. */
export function readVault(database: Database, key: "slot" | "device-key"): Promise<unknown> {
  return readFrom(database, "vault", (store) => store.get(key));
}

/** Say whether there is a vault here, and what opens it. Throws StoreFailure. */
export async function findDoor(slotHere: Promise<unknown>): Promise<{ door: Door; slot: Slot | null }> {
  const raw = await slotHere;
  if (raw === undefined) return { door: "none", slot: null };
  const slot = slotOf(raw);
  return { door: slot.kind === "device" ? "open-at-once" : "asks-for-words", slot };
}

/** Open the vault with the key that this browser keeps. Throws StoreFailure `no-key`. */
export async function openWithDeviceKey(keyHere: Promise<unknown>, slot: Slot): Promise<VaultKeys> {
  if (slot.kind !== "device") throw new StoreFailure("no-key");
  try {
    const deviceKey = await keyHere;
    if (!(deviceKey instanceof CryptoKey)) throw new StoreFailure("no-key");
    return await keysOf(slot.space, await unwrapForDevice(deviceKey, slot));
  } catch (cause) {
    throw cause instanceof StoreFailure ? cause : new StoreFailure("no-key", { cause });
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
  const deviceKey = await makeDeviceKey();
  if (!(await keepsKey(database, deviceKey, `probe/${toBase64url(random(PROBE_BYTES))}`))) return null;
  return withVault(random, vault, async ({ space, key }) => {
    const there = await putSlot(database, await wrapForDevice(deviceKey, key, space), deviceKey);
    return there === null ? deriveKeys({ space, key }) : openWithDeviceKey(readVault(database, "device-key"), there);
  });
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

/** Keep a slot, unless there is one: two tabs may begin at once. Gives the one that was there, or null. */
export async function putSlot(database: Database, slot: Slot, deviceKey: CryptoKey | null): Promise<Slot | null> {
  const there = await writeAtOnce(database, {
    stores: ["vault"],
    durability: "strict",
    work: async (transaction) => {
      const store = transaction.objectStore("vault");
      const found: unknown = await store.get("slot");
      if (found !== undefined) return found;
      await store.put(slot, "slot");
      if (deviceKey !== null) await store.put(deviceKey, "device-key");
      return undefined;
    },
  });
  return there === undefined ? null : slotOf(there);
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

/** Derive the daily keys of an opened slot, and overwrite the vault key. */
export async function keysOf(space: SpaceId, key: VaultKey): Promise<VaultKeys> {
  try {
    return await deriveKeys({ space, key });
  } finally {
    wipeVaultKey(key);
  }
}

function slotOf(raw: unknown): Slot {
  try {
    return parseSlot(raw);
  } catch (cause) {
    throw new StoreFailure(cause instanceof NewerFormat ? "later-version" : "no-key", { cause });
  }
}
