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
  /** The roll as this phone verified it last. */
  readonly known: KnownRoll;
}

/** The note, or null where there is no account for this very diary. Throws StoreFailure; NotOpened where it was spoilt. */
export async function readNote({ inside: { database, keys } }: Diary): Promise<Note | null> {
  const sealed = await readFrom(database, "local", (store) => store.get(NAME)).catch((cause: unknown) => {
    throw failureOf(cause);
  });
  if (sealed === undefined) return null;
  const left: unknown = JSON.parse(fromUtf8(await openLocal(keys, NAME, sealed)));
  return isNote(left) && left.known.space === keys.space ? left : null;
}

/** Nobody but `keep-note.ts` writes it, and sealed; a form of another version is as none. */
function isNote(left: unknown): left is Note {
  return typeof left === "object" && left !== null && "state" in left && "code" in left && "opens" in left && "known" in left;
}
