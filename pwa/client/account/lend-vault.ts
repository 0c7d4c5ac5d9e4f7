/** The vault itself, taken out of this phone's door for a moment: whoever seals it to other slots needs it. */
import { takeVault } from "../store/asking-door.ts";
import type { Diary } from "../store/diary.ts";
import { StoreFailure } from "../store/failures.ts";
import { readVault, type Vault, vaultKeysIn } from "../store/vault-door.ts";
import { type VaultKey, wipeVaultKey } from "../vault/keys.ts";

export interface Lent extends Vault {
  /** The key that the door opens: all that this phone alone has is sealed under it, however often the vault turned. */
  readonly key: VaultKey;
  /** All keys that the vault had, as far as this phone knows, oldest first; the current one is the last. */
  readonly all: readonly VaultKey[];
}

/** For what the roll gives back, or what names are read with. */
export const EVEN_SPOILT = { evenSpoilt: true };

/**
 * Do `work` with the vault that is open here, and overwrite its keys when that is over. Throws StoreFailure `gone`, `no-key`:
 * also where it turned and its keys were spoilt, unless the door's key alone will do.
 */
export async function lendVault<T>(diary: Diary, work: (vault: Lent) => Promise<T>, { evenSpoilt = false } = {}): Promise<T> {
  const { database, keys } = diary.inside;
  const { space, key } = await takeVault(diary);
  const there = await vaultKeysIn(await readVault(database, "keys"), keys);
  const turned = there ?? [];
  try {
    if (there === null && !evenSpoilt) throw new StoreFailure("no-key");
    return await work({ space, key, all: turned.length > 0 ? turned : [key] });
  } finally {
    for (const each of [key, ...turned]) wipeVaultKey(each);
  }
}
