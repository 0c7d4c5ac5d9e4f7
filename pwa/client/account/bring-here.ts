/** Bringing a diary to this phone that is kept safe already: what the site gives is verified before any of it is believed. */

import { sealing } from "#sealing";
import { fromBase64url, parseRevisionId, parseSpaceId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { moveInto } from "../store/move.ts";
import { openFreshRoll } from "../vault/open-roll.ts";
import { type OpenVault, wipeVault } from "../vault/open-vault.ts";
import type { RollEntry } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import type { Calls, SentRow } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { aloneWithNote, keepNote } from "./keep-note.ts";
import { lendVault } from "./lend-vault.ts";
import { type Note, readNote } from "./note.ts";
import { show, wipe } from "./showing.ts";
import type { Way } from "./way.ts";

/** This passkey signs in, and opens nothing: the code does. */
export const NEEDS_CODE = "needs-code";

export interface Bringing {
  readonly diary: Diary;
  readonly calls: Calls;
  readonly host: string;
}

/**
 * Sign in and open the vault on this phone, where no diary was begun. Gives the note that was kept, or that the code is
 * needed. Throws AccountFailure, StoreFailure, RollRefused, CodeMistaken.
 */
export async function bringHere(way: Way, bringing: Bringing): Promise<Note | typeof NEEDS_CODE> {
  const { diary } = bringing;
  const vault = await openElsewhere(way, bringing);
  if (vault === NEEDS_CODE) return NEEDS_CODE;
  try {
    const begun = await diary.begin({ space: vault.known.space, key: vault.key });
    if (begun === "needs-words") throw new AccountFailure("no-key-kept");
  } finally {
    wipeVault(vault);
  }
  const note = noteOf(vault);
  await keepNote(diary, note);
  return note;
}

/**
 * The same where a diary was begun here: it goes into the vault that is opened, with the same ids and entries. All of it
 * or nothing; then the app is to be loaded anew, in every tab. Throws as `bringHere`.
 */
export async function joinHere(way: Way, bringing: Bringing): Promise<"joined" | typeof NEEDS_CODE> {
  const { diary } = bringing;
  // A diary whose vault cannot be lent has a door that cannot be made anew: better found out first.
  await lendVault(diary, null, () => Promise.resolve());
  await diary.settled();
  await diary.whole();
  const vault = await openElsewhere(way, bringing);
  if (vault === NEEDS_CODE) return NEEDS_CODE;
  try {
    await aloneWithNote(() => join(diary, vault));
    return "joined";
  } finally {
    wipeVault(vault);
  }
}

async function join(diary: Diary, vault: OpenVault): Promise<void> {
  const before = await readNote(diary);
  // Another tab has signed up meanwhile.
  if (before !== null && before.state !== "signing-up") throw new AccountFailure("another-account");
  try {
    // It moves with the rest. Where that does not come about, it is of another space than the diary, and so of none.
    await keepNote(diary, noteOf(vault));
    // Another phone has signed up anew with this very vault: there is nothing to move.
    if (vault.known.space === diary.inside.keys.space) return;
    await moveInto(diary, { sealing, vault: { space: vault.known.space, key: vault.key }, words: null });
  } catch (cause) {
    await keepNote(diary, before).catch(() => undefined);
    throw cause;
  }
}

/** Sign in, and open the account's vault from its roll; its keys are the caller's to wipe. */
async function openElsewhere(way: Way, { calls, host }: Bringing): Promise<OpenVault | typeof NEEDS_CODE> {
  const opener = await show(way, { calls, host, purpose: "sign-in" });
  if (opener === null) return NEEDS_CODE;
  try {
    const [id] = await calls.spaces();
    if (id === undefined) throw new AccountFailure("not-understood");
    const entries = (await calls.roll(id)).map(entryOf);
    return await openFreshRoll({ space: parseSpaceId(id), entries, opener });
  } catch (cause) {
    if (opener.kind === "passkey" && cause instanceof RollRefused && cause.code.startsWith("slot-")) return NEEDS_CODE;
    throw cause;
  } finally {
    wipe(opener);
  }
}

function noteOf({ known, slots }: OpenVault): Note {
  return { state: "kept", code: null, opens: slots.some(({ kind }) => kind === "passkey"), known };
}

/** An entry from the site's answer. Throws where it is none. */
function entryOf({ id, header, blob, blob_hash: hash, signature }: SentRow): RollEntry {
  if (signature === undefined || (blob ?? hash) === undefined) throw new RollRefused("roll-damaged");
  const entry = { id: parseRevisionId(id), header: fromBase64url(header), signature: fromBase64url(signature) };
  return blob === undefined ? { ...entry, blobHash: fromBase64url(hash ?? "") } : { ...entry, blob: fromBase64url(blob) };
}
