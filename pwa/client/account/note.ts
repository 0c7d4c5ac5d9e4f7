/**
 * What this phone knows of its account, in one note: sealed on the phone, in one row, and on no other.
 *
 * Until the recovery code was asked back it stands in the note, so that a reload does not lose it; then it goes.
 */
import { fromUtf8 } from "../replica/utf8.ts";
import type { Diary } from "../store/diary.ts";
import { failureOf } from "../store/failures.ts";
import { readFrom } from "../store/transaction.ts";
import { openLocal } from "../vault/local.ts";
import type { KnownRoll } from "../vault/open-vault.ts";

export const NAME = "account";

/** Where this phone stands with its account. */
export interface PhoneHere {
  readonly session: string;
  /** Its slot in the roll; null where it has none. */
  readonly slot: string | null;
  /** What it is called there, in its slot too if it has one; absent where that was never noted. */
  readonly name?: string;
}

/** Another phone that is being signed out. */
export interface Leaving {
  readonly session: string;
  readonly slots: readonly string[];
}

/** A recovery code that takes the place of the one there is: nothing is sent before it is on paper. */
export interface NewCode {
  readonly code: string;
  readonly isOnPaper: boolean;
  /** The site was asked to take it, or the one that it took the place of here: nobody knows whether the old one still signs in. */
  readonly mayCount?: boolean;
}

export interface Note {
  /**
   * `signing-up`: a sign-up was sent or about to be, and nobody knows what came of it. `code-waiting`: signed up, and
   * the code waits to be asked back. `kept`: done.
   */
  readonly state: "signing-up" | "code-waiting" | "kept";
  /** The recovery code as it is written; null once it was asked back, and on a phone that never made it. */
  readonly code: string | null;
  /** A passkey opens the diary, as far as this phone knows. */
  readonly opens: boolean;
  /** This phone made a passkey for the account, which signs in at least; absent where it made none. */
  readonly hasPasskey?: true;
  /** The roll as this phone verified it last. */
  readonly known: KnownRoll;
  /** This phone as its account knows it; absent until it was made known there. */
  readonly phone?: PhoneHere;
  /** What the person calls this phone; absent where nobody said. */
  readonly called?: string;
  /** A phone that is being signed out: over only once the vault turned. */
  readonly leaving?: Leaving;
  /** A new recovery code, until it is in force. */
  readonly newCode?: NewCode;
}

/**
 * The note, or null where there is no account for this very diary. One that was spoilt is as none:
 * who keeps the diary safe again is told that it is, and signs in. Throws StoreFailure.
 */
export async function readNote({ inside: { database, keys } }: Diary): Promise<Note | null> {
  const sealed = await readFrom(database, "local", (store) => store.get(NAME)).catch((cause: unknown) => {
    throw failureOf(cause);
  });
  if (sealed === undefined) return null;
  const left: unknown = await openLocal(keys, NAME, sealed).then(
    (note) => JSON.parse(fromUtf8(note)),
    () => null,
  );
  return isNote(left) && left.known.space === keys.space ? left : null;
}

/** Nobody but `keep-note.ts` writes it, and sealed; a form of another version is as none. */
function isNote(left: unknown): left is Note {
  return typeof left === "object" && left !== null && "state" in left && "code" in left && "opens" in left && "known" in left;
}
