/** Bringing a diary to this phone that is kept safe already: what the site gives is verified before any of it is believed. */
import { fromBase64url, parseRevisionId, parseSpaceId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { openFreshRoll } from "../vault/open-roll.ts";
import { type OpenVault, wipeVault } from "../vault/open-vault.ts";
import type { RollEntry } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import type { Calls, SentRow } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { keepNote, type Note } from "./note.ts";
import { show, wipe } from "./showing.ts";
import type { Way } from "./way.ts";

/** This passkey signs in, and opens nothing: the code does. */
export const NEEDS_CODE = "needs-code";

/**
 * Sign in and open the vault on this phone, where no diary was begun. Gives the note that was kept, or that the code is
 * needed. Throws AccountFailure, StoreFailure, RollRefused, CodeMistaken.
 */
export async function bringHere(
  way: Way,
  { diary, calls, host }: { readonly diary: Diary; readonly calls: Calls; readonly host: string },
): Promise<Note | typeof NEEDS_CODE> {
  const opener = await show(way, { calls, host, purpose: "sign-in" });
  if (opener === null) return NEEDS_CODE;
  const [id] = await calls.spaces();
  if (id === undefined) throw new AccountFailure("not-understood");
  const space = parseSpaceId(id);
  const entries = (await calls.roll(id)).map(entryOf);
  let vault: OpenVault;
  try {
    vault = await openFreshRoll({ space, entries, opener });
  } catch (cause) {
    if (opener.kind === "passkey" && cause instanceof RollRefused && cause.code.startsWith("slot-")) return NEEDS_CODE;
    throw cause;
  } finally {
    wipe(opener);
  }
  try {
    if ((await diary.begin({ space, key: vault.key })) === "needs-words") throw new AccountFailure("no-key-kept");
  } finally {
    wipeVault(vault);
  }
  const note: Note = { state: "kept", code: null, opens: vault.slots.some(({ kind }) => kind === "passkey"), known: vault.known };
  await keepNote(diary, note);
  return note;
}

/** An entry from the site's answer. Throws where it is none. */
function entryOf({ id, header, blob, blob_hash: hash, signature }: SentRow): RollEntry {
  if (signature === undefined || (blob ?? hash) === undefined) throw new RollRefused("roll-damaged");
  const entry = { id: parseRevisionId(id), header: fromBase64url(header), signature: fromBase64url(signature) };
  return blob === undefined ? { ...entry, blobHash: fromBase64url(hash ?? "") } : { ...entry, blob: fromBase64url(blob) };
}
