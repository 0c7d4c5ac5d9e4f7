/**
 * Doors at which the person is asked for something: words of their own, or a passkey. They stand where the app is locked,
 * and in browsers that keep no key.
 *
 * Once opened, the vault key stays within reach of this page: sealed under a key that no script can read out, and that is
 * kept nowhere. When the page goes, it is gone.
 */
import { makeDeviceKey, unwrapForDevice, wrapForDevice } from "../vault/device-slot.ts";
import { deriveKeys, wipeVaultKey } from "../vault/keys.ts";
import { parseSlot } from "../vault/parse-slot.ts";
import type { Slot } from "../vault/slot.ts";
import type { Database } from "./database.ts";
import type { Diary } from "./diary.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { type HeldKey, readSlot, readVault, takeWithDeviceKey, type Vault } from "./vault-door.ts";

/** A vault that was opened, whose key is to be wiped, and what makes the same door for another one. */
export interface OpenedDoor {
  readonly vault: Vault;
  readonly slotFor: HeldKey["slotFor"];
}

/** The slot that stands on this phone. Throws StoreFailure: `gone`, `no-key`, `later-version`. */
export async function slotHere(database: Database): Promise<Slot> {
  const raw = await readVault(database, "slot").catch((cause: unknown) => {
    throw failureOf(cause);
  });
  if (raw === undefined) throw new StoreFailure("gone");
  return readSlot(raw, parseSlot);
}

/** Come in with a vault that was opened, and overwrite its key. Throws StoreFailure. */
export async function comeIn(diary: Diary, opened: OpenedDoor): Promise<void> {
  try {
    await enterWith(diary, opened);
  } finally {
    wipeVaultKey(opened.vault.key);
  }
}

/** Come in with a vault whose key the caller wipes. Throws StoreFailure. */
export async function enterWith(diary: Diary, { vault, slotFor }: OpenedDoor): Promise<void> {
  const [keys, held] = await Promise.all([deriveKeys(vault), holdKey(vault, slotFor)]);
  await diary.enter({ keys, held });
}

/** Keep a vault key within reach of this page. */
export async function holdKey({ space, key }: Vault, slotFor: HeldKey["slotFor"]): Promise<HeldKey> {
  const pageKey = await makeDeviceKey();
  const slot = await wrapForDevice(pageKey, key, space);
  return { take: () => unwrapForDevice(pageKey, slot), slotFor };
}

/** The vault of an open diary; its key is the caller's to wipe. Throws StoreFailure `gone`, `no-key`. */
export async function takeVault({ inside: { database, keys, held } }: Diary): Promise<Vault> {
  const { space } = keys;
  const slot = await slotHere(database);
  if (slot.space !== space) throw new StoreFailure("gone");
  if (held !== null) return { space, key: await held.take() };
  // The app was locked in another tab, and this one is about to go.
  if (slot.kind !== "device") throw new StoreFailure("no-key");
  return { space, key: await takeWithDeviceKey(readVault(database, "device-key"), slot) };
}

/** What only what was asked for could do. */
export function notAgain(): Promise<never> {
  return Promise.reject(new StoreFailure("no-key"));
}
