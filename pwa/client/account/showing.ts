/** Showing who one is: to sign in, or to prove it once more. What opens the vault comes of it beside, and stays here. */
import type { Diary } from "../store/diary.ts";
import type { CodeOpener, PasskeyOpener } from "../vault/key-slot.ts";
import { prfInput } from "../vault/passkey-key.ts";
import { deriveRecoveryToken, readTypedCode } from "../vault/recovery-code.ts";
import type { Answer, Calls } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { showPasskey } from "./passkeys.ts";
import type { Way } from "./way.ts";

export interface Showing {
  readonly calls: Calls;
  /** The site that a passkey is for where the options name none. */
  readonly host: string;
  readonly purpose: "sign-in" | "proof";
}

/**
 * Show a passkey or the code to the site. Gives what it opens the vault with, whose bytes the caller wipes; null where
 * the passkey signs in only. Throws AccountFailure; CodeMistaken for text that is no code.
 */
export async function show(way: Way, { calls, host, purpose }: Showing): Promise<PasskeyOpener | CodeOpener | null> {
  const send = (answer: Answer): Promise<void> => (purpose === "proof" ? calls.prove(answer) : calls.signIn(answer));
  if (way.kind === "code") {
    const code = await readTypedCode(way.text);
    const { challenge } = await calls.challengeToShow(purpose);
    await send({ challenge, recovery: await deriveRecoveryToken(code) });
    return { kind: "code", code };
  }
  const { challenge, publicKey } = await calls.challengeToShow(purpose);
  const { answer, output } = await showPasskey(publicKey, await prfInput());
  await send({ challenge, passkey: answer });
  return output === null ? null : { kind: "passkey", output, site: publicKey.rpId ?? host };
}

/** The same for this very diary: whoever signs in to another account than its own is signed out of that again. */
export async function showOwn(way: Way, showing: Showing & { readonly diary: Diary }): Promise<PasskeyOpener | CodeOpener | null> {
  const { diary, calls } = showing;
  const opener = await show(way, showing);
  try {
    if (!(await calls.spaces()).includes(diary.inside.keys.space)) {
      await calls.signOutHere();
      throw new AccountFailure("another-account");
    }
    return opener;
  } catch (cause) {
    if (opener !== null) wipe(opener);
    throw cause;
  }
}

/** Overwrite what opens the vault. */
export function wipe(opener: PasskeyOpener | CodeOpener): void {
  (opener.kind === "code" ? opener.code : opener.output).fill(0);
}
