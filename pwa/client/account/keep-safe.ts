/**
 * Keeping a diary safe: an account is made for the vault that is on this phone, with what will open it elsewhere.
 *
 * What is sent: a passkey's public half, the token of the recovery code, and the first entry of the roll, in which the
 * vault key is sealed to each slot. The code stands in the note before anything is sent, so that no answer that is lost
 * on the way, and no reload, loses it.
 */
import type { Diary } from "../store/diary.ts";
import type { NewSlot } from "../vault/key-slot.ts";
import { wipeVault } from "../vault/open-vault.ts";
import { deriveRecoveryToken, formatRecoveryCode, makeRecoveryCode, readRecoveryCode } from "../vault/recovery-code.ts";
import { beginRoll } from "../vault/vault-roll.ts";
import type { Calls, SignUp } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { aloneWithNote, keepNote } from "./keep-note.ts";
import { lendVault } from "./lend-vault.ts";
import { PasskeyInMaking } from "./new-passkey.ts";
import { type Note, readNote } from "./note.ts";
import { asSent } from "./sent-entries.ts";
import { wipe } from "./showing.ts";

export interface KeepSafeOptions {
  readonly diary: Diary;
  readonly calls: Calls;
  /** The name this page's site has by itself: what a passkey is for where the options name no other. */
  readonly host: string;
}

export class KeepSafe {
  readonly #options: KeepSafeOptions;
  readonly #making = new PasskeyInMaking("sign-up");
  /** The site refused it, as it has an account for this very diary. */
  isTaken = false;

  constructor(options: KeepSafeOptions) {
    this.#options = options;
  }

  /** Sign up with a passkey and a code. Gives the note that was kept. Throws AccountFailure, StoreFailure. */
  withPasskey(): Promise<Note> {
    return aloneWithNote(this.#options.diary, () => this.#withPasskey());
  }

  /** Sign up with a code alone. Gives the note that was kept. Throws AccountFailure, StoreFailure. */
  withCode(): Promise<Note> {
    return aloneWithNote(this.#options.diary, () => this.#withCode());
  }

  async #withPasskey(): Promise<Note> {
    const before = await this.#goOn();
    if (before !== null) return before;
    const { calls, host } = this.#options;
    const { answer, opener } = await this.#making.make(calls, host);
    try {
      return await this.#signUp(answer, opener === null ? [] : [opener]);
    } finally {
      if (opener !== null) wipe(opener);
    }
  }

  async #withCode(): Promise<Note> {
    const before = await this.#goOn();
    if (before !== null) return before;
    const { challenge } = await this.#options.calls.challengeToMake("sign-up");
    return this.#signUp({ challenge }, []);
  }

  async #signUp(answer: Pick<SignUp, "challenge" | "passkey">, slots: readonly NewSlot[]): Promise<Note> {
    const { diary, calls } = this.#options;
    const code = makeRecoveryCode();
    const { entry, vault } = await lendVault(diary, ({ space, key: door, all }) =>
      beginRoll({ space, key: all.at(-1) ?? door, older: all.slice(0, -1), slots: [...slots, { kind: "code", code }] }),
    );
    wipeVault(vault);
    const note: Note = {
      state: "signing-up",
      code: await formatRecoveryCode(code),
      opens: slots.length > 0,
      ...(answer.passkey !== undefined && { hasPasskey: true }),
      known: vault.known,
    };
    await keepNote(diary, note);
    // Refused, it may have come to be all the same: where a line sends it twice, the second is refused of the two. So the note
    // stays, and the next try finds out.
    try {
      await calls.signUp({
        ...answer,
        recovery: await deriveRecoveryToken(code),
        space: { id: vault.known.space, entry: asSent(entry) },
      });
    } catch (cause) {
      this.isTaken = cause instanceof AccountFailure && cause.code === "space_taken";
      throw cause;
    }
    return this.#signedUp(note);
  }

  /** Where an earlier sign-up may have gone through: sign in with its code. Null where there was none. */
  async #goOn(): Promise<Note | null> {
    const { diary, calls } = this.#options;
    // A vault that cannot be lent cannot be sealed to anything: better found out before a passkey is made for it.
    await lendVault(diary, () => Promise.resolve());
    const note = await readNote(diary);
    if (note?.state !== "signing-up" || note.code === null) return note;
    if (!(await signInByCode(note.code, calls))) {
      await keepNote(diary, null);
      return null;
    }
    return this.#signedUp(note);
  }

  async #signedUp(note: Note): Promise<Note> {
    const signedUp: Note = { ...note, state: "code-waiting" };
    await keepNote(this.#options.diary, signedUp);
    return signedUp;
  }
}

/** Sign in with the code of a note. Gives false where no account is opened by it. Throws AccountFailure. */
export async function signInByCode(code: string, calls: Calls): Promise<boolean> {
  const { challenge } = await calls.challengeToShow("sign-in");
  try {
    await calls.signIn({ challenge, recovery: await deriveRecoveryToken(await readRecoveryCode(code)) });
    return true;
  } catch (cause) {
    if (!(cause instanceof AccountFailure) || cause.code !== "not_recognised") throw cause;
    return false;
  }
}
