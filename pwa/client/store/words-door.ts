/** The door that a person's words open. */
import { wipeVaultKey } from "../vault/keys.ts";
import { EmptyPassphrase, openPassphraseSlot, type SealToWords, sealerForPassphrase, WrongPassphrase } from "../vault/passphrase-slot.ts";
import { comeIn, enterWith, type OpenedDoor, slotHere } from "./asking-door.ts";
import type { Database } from "./database.ts";
import type { Diary } from "./diary.ts";
import { StoreFailure } from "./failures.ts";
import { type HeldKey, putSlot, type Vault, withVault } from "./vault-door.ts";

/** Open the vault that is here with the person's words. Throws StoreFailure `wrong-words`, `no-key`, `gone`. */
async function openWithWords(database: Database, words: string): Promise<OpenedDoor> {
  const slot = await slotHere(database);
  if (slot.kind !== "passphrase") throw new StoreFailure("no-key");
  try {
    const { vaultKey, seal } = await openPassphraseSlot(words, slot);
    return { vault: { space: slot.space, key: vaultKey }, slotFor: slotsBy(seal) };
  } catch (cause) {
    throw new StoreFailure(cause instanceof WrongPassphrase ? "wrong-words" : "no-key", { cause });
  }
}

/** Open a locked diary with the person's words. Throws as `openWithWords`. */
export async function unlockWithWords(diary: Diary, words: string): Promise<void> {
  await comeIn(diary, await openWithWords(diary.ground.database, words));
}

/** See that these words open the diary. Throws as `openWithWords`. */
export async function verifyWords(database: Database, words: string): Promise<void> {
  wipeVaultKey((await openWithWords(database, words)).vault.key);
}

/** Begin a diary that words open, or take up one that is elsewhere. Throws StoreFailure; `wrong-words` when there are none. */
export async function beginWithWords(diary: Diary, words: string, elsewhere?: Vault): Promise<void> {
  // Another tab may have begun one.
  if (diary.phase.peek() === "open") return;
  const { database, random } = diary.ground;
  const slotFor = await slotsForWords(words);
  await withVault(random, elsewhere, async (vault) => {
    const there = await putSlot(database, await slotFor(vault), null, vault.rows);
    if (there === undefined) await enterWith(diary, { vault, slotFor });
    else await unlockWithWords(diary, words);
  });
}

/** Makes slots for words. Throws StoreFailure `wrong-words` when there are none. */
export async function slotsForWords(words: string): Promise<HeldKey["slotFor"]> {
  try {
    return slotsBy(await sealerForPassphrase(words));
  } catch (cause) {
    throw cause instanceof EmptyPassphrase ? new StoreFailure("wrong-words", { cause }) : cause;
  }
}

function slotsBy(seal: SealToWords): HeldKey["slotFor"] {
  return ({ key, space }) => seal(key, space);
}
