/** The vault itself, taken out of this phone's door for a moment: whoever seals it to other slots needs it. */
import type { Diary } from "../store/diary.ts";
import { StoreFailure } from "../store/failures.ts";
import { findDoor, readVault, type Vault } from "../store/vault-door.ts";
import { unwrapForDevice } from "../vault/device-slot.ts";
import { type VaultKey, wipeVaultKey } from "../vault/keys.ts";
import { unwrapForPassphrase, WrongPassphrase } from "../vault/passphrase-slot.ts";
import type { Slot } from "../vault/slot.ts";

/**
 * Do `work` with the vault that is open here, and overwrite its key when that is over. `words` opens it where the
 * browser keeps no key; without them such a vault is not lent. Throws StoreFailure `gone`, `no-key`, `wrong-words`.
 */
export async function lendVault<T>(diary: Diary, words: string | null, work: (vault: Vault) => Promise<T>): Promise<T> {
  const { database } = diary.inside;
  const { slot } = await findDoor(readVault(database, "slot"));
  if (slot === null) throw new StoreFailure("gone");
  const key = await keyIn(slot, readVault(database, "device-key"), words);
  try {
    return await work({ space: slot.space, key });
  } finally {
    wipeVaultKey(key);
  }
}

async function keyIn(slot: Slot, keyHere: Promise<unknown>, words: string | null): Promise<VaultKey> {
  const deviceKey = await keyHere;
  try {
    if (slot.kind === "device" && deviceKey instanceof CryptoKey) return await unwrapForDevice(deviceKey, slot);
    if (slot.kind === "passphrase" && words !== null) return await unwrapForPassphrase(words, slot);
  } catch (cause) {
    throw new StoreFailure(cause instanceof WrongPassphrase ? "wrong-words" : "no-key", { cause });
  }
  throw new StoreFailure("no-key");
}
