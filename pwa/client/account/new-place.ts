/**
 * A new place on the site for the diary of this phone, where its own is taken by an account that nobody here can open: whoever
 * knows a space's id can take it once its account is gone, and a passkey and a code can both be lost.
 */
import { sealing } from "#sealing";
import { moveInto } from "../store/move.ts";
import { withVault } from "../store/vault-door.ts";
import { randomBytes } from "../vault/random.ts";
import type { Bringing } from "./bring-here.ts";
import { AccountFailure } from "./failures.ts";
import { beReadyToMove, giveUpSignUp } from "./join-here.ts";
import { aloneWithNote } from "./keep-note.ts";
import { readNote } from "./note.ts";

/**
 * Move the diary into a fresh vault, with the same ids and entries: all of it or nothing. Then the app is to be loaded anew, in
 * every tab, and the diary can be kept safe. Throws AccountFailure, StoreFailure; `another-account` where it is by now.
 */
export async function takeNewPlace(bringing: Bringing): Promise<void> {
  const { diary } = bringing;
  await beReadyToMove(diary);
  await aloneWithNote(diary, async () => {
    const note = await readNote(diary);
    if (note !== null && note.state !== "signing-up") throw new AccountFailure("another-account");
    if (note?.code) await giveUpSignUp(note.code, bringing);
    await withVault(randomBytes, undefined, (vault) => moveInto(diary, { sealing, vault }));
  });
  diary.announceLeaving();
}
