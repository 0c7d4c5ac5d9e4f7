/**
 * The door that a person's words open, for browsers that store no key. Few ever need it, so it comes with the second
 * script.
 */
import { deriveKeys, type VaultKeys } from "../vault/keys.ts";
import { EmptyPassphrase, unwrapForPassphrase, WrongPassphrase, wrapForPassphrase } from "../vault/passphrase-slot.ts";
import type { Slot } from "../vault/slot.ts";
import type { Database } from "./database.ts";
import { StoreFailure } from "./failures.ts";
import { keysOf, putSlot, type Vault, withVault } from "./vault-door.ts";

export interface WordsDoor {
  readonly openWithWords: typeof openWithWords;
  readonly makeDoorForWords: typeof makeDoorForWords;
}

/** Open the vault with the person's words. Throws StoreFailure `wrong-words`, `no-key`. */
export async function openWithWords(slot: Slot, words: string): Promise<VaultKeys> {
  if (slot.kind !== "passphrase") throw new StoreFailure("no-key");
  try {
    return await keysOf(slot.space, await unwrapForPassphrase(words, slot));
  } catch (cause) {
    throw new StoreFailure(cause instanceof WrongPassphrase ? "wrong-words" : "no-key", { cause });
  }
}

/** Make a vault that words open. Throws StoreFailure; `wrong-words` when there are none. */
export function makeDoorForWords(
  database: Database,
  words: string,
  random: (length: number) => Uint8Array,
  vault?: Vault,
): Promise<VaultKeys> {
  return withVault(random, vault, async ({ space, key }) => {
    const slot = await wrapForPassphrase(words, key, space).catch((cause: unknown) => {
      throw cause instanceof EmptyPassphrase ? new StoreFailure("wrong-words", { cause }) : cause;
    });
    const there = await putSlot(database, slot, null);
    return there === null ? deriveKeys({ space, key }) : openWithWords(there, words);
  });
}
