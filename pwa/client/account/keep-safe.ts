/**
 * Keeping a diary safe: an account is made for the vault that is on this phone, with what will open it elsewhere.
 *
 * What is sent: a passkey's public half, the token of the recovery code, and the first entry of the roll, in which the
 * vault key is sealed to each slot. The code stands in the note before anything is sent, so that no answer that is lost
 * on the way, and no reload, loses it.
 */
import { toBase64url } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import type { NewSlot } from "../vault/key-slot.ts";
import { wipeVault } from "../vault/open-vault.ts";
import { prfInput } from "../vault/passkey-key.ts";
import { randomBytes } from "../vault/random.ts";
import { deriveRecoveryToken, formatRecoveryCode, makeRecoveryCode, readRecoveryCode } from "../vault/recovery-code.ts";
import type { WholeEntry } from "../vault/roll-entry.ts";
import { beginRoll } from "../vault/vault-roll.ts";
import type { Calls, SentEntry } from "./calls.ts";
import { AccountFailure, type AccountFailureCode, isProblemCode } from "./failures.ts";
import { aloneWithNote, keepNote } from "./keep-note.ts";
import { lendVault } from "./lend-vault.ts";
import { type Note, readNote } from "./note.ts";
import { makePasskey, type Passkey, provenOutput } from "./passkeys.ts";

/** A passkey that was made for a sign-up, and not yet sent. */
interface Made {
  readonly challenge: string;
  readonly passkey: Passkey;
  readonly site: string;
}

export interface KeepSafeOptions {
  readonly diary: Diary;
  readonly calls: Calls;
  /** The name this page's site has by itself: what a passkey is for where the options name no other. */
  readonly host: string;
}

export class KeepSafe {
  readonly #options: KeepSafeOptions;
  /** Where the second question was closed, the first is not asked again. */
  #made: Made | null = null;

  constructor(options: KeepSafeOptions) {
    this.#options = options;
  }

  /** Sign up with a passkey and a code. Gives the note that was kept. Throws AccountFailure, StoreFailure. */
  withPasskey(): Promise<Note> {
    return aloneWithNote(() => this.#withPasskey());
  }

  /** Sign up with a code alone. Gives the note that was kept. Throws AccountFailure, StoreFailure. */
  withCode(): Promise<Note> {
    return aloneWithNote(() => this.#withCode());
  }

  async #withPasskey(): Promise<Note> {
    const before = await this.#goOn();
    if (before !== null) return before;
    const { calls, host } = this.#options;
    const input = await prfInput();
    if (this.#made === null) {
      const { challenge, publicKey } = await calls.challengeToMake("sign-up");
      this.#made = { challenge, passkey: await makePasskey(publicKey, input), site: publicKey.rp.id ?? host };
    }
    const { challenge, passkey, site } = this.#made;
    const output = await provenOutput(passkey, { site, input, random: randomBytes });
    this.#made = null;
    try {
      return await this.#signUp({ challenge, passkey }, output === null ? [] : [{ kind: "passkey", output, site }]);
    } finally {
      output?.fill(0);
    }
  }

  async #withCode(): Promise<Note> {
    const before = await this.#goOn();
    if (before !== null) return before;
    const { challenge } = await this.#options.calls.challengeToMake("sign-up");
    return this.#signUp({ challenge, passkey: null }, []);
  }

  async #signUp(
    { challenge, passkey }: Omit<Made, "site" | "passkey"> & { passkey: Passkey | null },
    slots: readonly NewSlot[],
  ): Promise<Note> {
    const { diary, calls } = this.#options;
    const code = makeRecoveryCode();
    const { entry, vault } = await lendVault(diary, null, ({ space, key }) =>
      beginRoll({ space, key, slots: [...slots, { kind: "code", code }] }),
    );
    wipeVault(vault);
    const note: Note = { state: "signing-up", code: await formatRecoveryCode(code), opens: slots.length > 0, known: vault.known };
    await keepNote(diary, note);
    try {
      await calls.signUp({
        challenge,
        ...(passkey === null ? {} : { passkey: passkey.answer }),
        recovery: await deriveRecoveryToken(code),
        space: { id: vault.known.space, entry: asSent(entry) },
      });
    } catch (cause) {
      // Refused; or it did not arrive, or it did and its answer was lost: the note says so, and the next try finds out.
      // In a browser without locks, another tab may have signed up: its code stays.
      if (isProblemCode(codeOf(cause)) && (await readNote(diary))?.code === note.code) await keepNote(diary, null);
      throw cause;
    }
    return this.#signedUp(note);
  }

  /** Where an earlier sign-up may have gone through: sign in with its code. Null where there was none. */
  async #goOn(): Promise<Note | null> {
    const { diary, calls } = this.#options;
    // A vault that cannot be lent cannot be sealed to anything: better found out before a passkey is made for it.
    await lendVault(diary, null, () => Promise.resolve());
    const note = await readNote(diary);
    if (note?.state !== "signing-up" || note.code === null) return note;
    const { challenge } = await calls.challengeToShow("sign-in");
    try {
      await calls.signIn({ challenge, recovery: await deriveRecoveryToken(await readRecoveryCode(note.code)) });
    } catch (cause) {
      if (codeOf(cause) !== "not_recognised") throw cause;
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

/** An entry as a push has it. */
export function asSent({ id, header, blob, signature }: WholeEntry): SentEntry {
  return { id, header: toBase64url(header), blob: toBase64url(blob), signature: toBase64url(signature) };
}

function codeOf(cause: unknown): AccountFailureCode | null {
  return cause instanceof AccountFailure ? cause.code : null;
}
