/** Bringing a diary to this phone that is kept safe already: what the site gives is verified before any of it is believed. */
import { parseSpaceId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { beginWithWords } from "../store/words-door.ts";
import { deriveKeys } from "../vault/keys.ts";
import { openFreshRoll } from "../vault/open-roll.ts";
import { type OpenVault, wipeVault } from "../vault/open-vault.ts";
import type { RollEntry } from "../vault/roll-entry.ts";
import type { Calls } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { isNewWayIn } from "./made-anew.ts";
import type { Note } from "./note.ts";
import { isNotOpened, keepRoll, rowsToKeep } from "./roll-here.ts";
import { show, wipe } from "./showing.ts";
import type { Way } from "./way.ts";

/** This passkey signs in, and opens nothing: the code does. */
export const NEEDS_CODE = "needs-code";

export interface Bringing {
  readonly diary: Diary;
  readonly calls: Calls;
  readonly host: string;
}

/** Has the person choose words that open the diary on this phone. */
export type AskForWords = () => Promise<string>;

/**
 * Sign in and open the vault on this phone, where no diary was begun; where the browser keeps no key, behind words. Gives the
 * note that was kept, or that the code is needed. Throws AccountFailure, StoreFailure, RollRefused, CodeMistaken.
 */
export async function bringHere(way: Way, bringing: Bringing & { readonly askForWords: AskForWords }): Promise<Note | typeof NEEDS_CODE> {
  const { diary, calls, askForWords } = bringing;
  const opened = await openElsewhere(way, bringing);
  if (opened === NEEDS_CODE) return NEEDS_CODE;
  const { vault, entries } = opened;
  try {
    const { space } = vault.known;
    const rows = await rowsToKeep(await deriveKeys({ space, key: vault.key }), [], noteOf(vault), vault);
    const here = { space, key: vault.key, rows };
    if ((await diary.begin(here)) === "needs-words") await beginWithWords(diary, await askForWords(), here);
    // Another tab has begun another diary meanwhile.
    if (diary.inside.keys.space !== space) throw new AccountFailure("another-account");
    await keepRoll(diary, noteOf(vault), vault, entries);
    return noteOf(vault);
  } catch (cause) {
    await endSession(calls);
    throw cause;
  } finally {
    wipeVault(vault);
  }
}

/** A vault that was opened, and the roll that it was opened from. */
export interface Opened {
  readonly vault: OpenVault;
  readonly entries: readonly RollEntry[];
  /** What was shown opens nothing that this phone ever had of a roll. */
  readonly isNew: boolean;
}

/** Sign in, and open the account's vault from its roll; its keys are the caller's to wipe. */
export async function openElsewhere(way: Way, { diary, calls, host }: Bringing): Promise<Opened | typeof NEEDS_CODE> {
  const opener = await show(way, { calls, host, purpose: "sign-in" });
  try {
    if (opener === null) return await needsCode(calls);
    const [id] = await calls.spaces();
    if (id === undefined) throw new AccountFailure("not-understood");
    const entries = await calls.roll(id);
    const isNew = await isNewWayIn(diary, opener);
    return { vault: await openFreshRoll({ space: parseSpaceId(id), entries, opener }), entries, isNew };
  } catch (cause) {
    if (opener?.kind === "passkey" && isNotOpened(cause)) return needsCode(calls);
    await endSession(calls);
    throw cause;
  } finally {
    if (opener !== null) wipe(opener);
  }
}

async function needsCode(calls: Calls): Promise<typeof NEEDS_CODE> {
  await endSession(calls);
  return NEEDS_CODE;
}

/** Whoever signed in and brought nothing here is signed out again. Without a connection, the session ends by itself. */
export async function endSession(calls: Calls): Promise<void> {
  await calls.signOutHere().catch(() => undefined);
}

export function noteOf({ known, slots }: OpenVault): Note {
  return { state: "kept", code: null, opens: slots.some(({ kind }) => kind === "passkey"), known };
}
