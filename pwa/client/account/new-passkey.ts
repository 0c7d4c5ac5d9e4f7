/** Making a passkey, which is asked for twice: once to make it, and once to see that what it gives can be relied on. */
import type { PasskeyOpener } from "../vault/key-slot.ts";
import { prfInput } from "../vault/passkey-key.ts";
import { randomBytes } from "../vault/random.ts";
import type { Calls } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { makePasskey, type Passkey, type PasskeyAnswer, provenOutput } from "./passkeys.ts";

/** A passkey that was made, and of which the site was not told. */
export interface NewPasskey {
  /** What the site is to be sent. */
  readonly answer: { readonly challenge: string; readonly passkey: PasskeyAnswer };
  /** What it opens the vault with, to be wiped; null where it signs in only. */
  readonly opener: PasskeyOpener | null;
}

export class PasskeyInMaking {
  readonly #purpose: "sign-up" | "add-passkey";
  /** Where the second question was closed, the first is not asked again. */
  #made: { readonly challenge: string; readonly passkey: Passkey; readonly site: string } | null = null;

  constructor(purpose: "sign-up" | "add-passkey") {
    this.#purpose = purpose;
  }

  /** Make it, or go on where the second question was closed. `host` is the site where the options name none. Throws AccountFailure. */
  make(calls: Calls, host: string): Promise<NewPasskey> {
    return this.#make(calls, host).catch((cause: unknown) => {
      const isClosed = cause instanceof AccountFailure && cause.code === "passkey-declined";
      throw isClosed ? new AccountFailure("passkey-not-made", { cause }) : cause;
    });
  }

  async #make(calls: Calls, host: string): Promise<NewPasskey> {
    const input = await prfInput();
    if (this.#made === null) {
      const { challenge, publicKey } = await calls.challengeToMake(this.#purpose);
      this.#made = { challenge, passkey: await makePasskey(publicKey, input, new Date()), site: publicKey.rp.id ?? host };
    }
    const { challenge, passkey, site } = this.#made;
    const output = await provenOutput(passkey, { site, input, random: randomBytes });
    this.#made = null;
    return { answer: { challenge, passkey: passkey.answer }, opener: output && { kind: "passkey", output, site } };
  }
}
