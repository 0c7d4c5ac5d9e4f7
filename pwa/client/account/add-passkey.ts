/**
 * Adding a passkey to an account that there is: its slot first, then the site hears of it. So one that signs in and can open
 * the diary always does. Where the site refuses it, its slot goes again.
 */
import type { PasskeyOpener } from "../vault/key-slot.ts";
import { addSlot, leaveSlot } from "../vault/vault-roll.ts";
import { type Changing, changeRoll } from "./change-roll.ts";
import { AccountFailure, isProblemCode } from "./failures.ts";
import { PasskeyInMaking } from "./new-passkey.ts";
import { wipe } from "./showing.ts";

export class PasskeyToAdd {
  readonly #making = new PasskeyInMaking("add-passkey");

  /** Add one, after a fresh proof. Gives whether it opens the diary, or signs in only. Throws AccountFailure, RollRefused. */
  async add(changing: Changing, host: string): Promise<"opens" | "signs-in"> {
    const { calls } = changing;
    const { answer, opener } = await this.#making.make(calls, host);
    const slot = opener && (await addedSlot(changing, opener).finally(() => wipe(opener)));
    try {
      await calls.addPasskey(answer);
    } catch (cause) {
      // Where no answer came, the site may have it; and where it goes away meanwhile, the slot stays, and opens for nobody.
      const isRefused = cause instanceof AccountFailure && isProblemCode(cause.code);
      if (isRefused && slot !== null) await removeUnused(changing, slot).catch(() => undefined);
      throw cause;
    }
    return opener === null ? "signs-in" : "opens";
  }
}

/** Put its slot into the roll. Gives the slot's id. */
async function addedSlot(changing: Changing, opener: PasskeyOpener): Promise<string | null> {
  let slot: string | null = null;
  await changeRoll(changing, {
    make: async (vault) => {
      const step = await addSlot(vault, opener);
      slot = step.vault.slots.at(-1)?.id ?? null;
      return step;
    },
  });
  return slot;
}

/** Take it out again. Nobody is shut out: it is the person's own passkey. */
async function removeUnused(changing: Changing, slot: string): Promise<void> {
  await changeRoll(changing, { make: (vault) => leaveSlot(vault, slot) });
}
