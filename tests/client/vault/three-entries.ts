/**
 * A roll of three entries (begun, turned, a slot added), the phones that may be shown it, and what they refuse.
 */
import assert from "node:assert/strict";
import { type FreshOpener, type KnownOpener, openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import type { RollEntry, WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { addSlot, type Step, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import * as rolls from "./roll-of-tests.ts";

export const { space, key, passkey, code, device, step: first } = await rolls.beginVault();
export const second = await turnVault(first.vault);
export const third = await addSlot(second.vault, rolls.makePasskey());

export const forged = { name: "RollRefused", code: "roll-forged" };
export const damaged = { name: "RollRefused", code: "roll-damaged" };

/** A phone that knows nothing opens this roll. */
export function fresh(roll: readonly RollEntry[], opener: FreshOpener = code) {
  return openFreshRoll({ space, entries: roll, opener });
}

/** A phone that knows the roll up to this step is given these entries. */
export function knowing(known: Step, roll: readonly RollEntry[], opener: KnownOpener = device) {
  return openKnownRoll({ known: known.vault.known, entries: roll, opener });
}

/** An entry in the place of the third, refused by a fresh phone, by one that knows the first entry, and by one that knows the second. */
export async function refusedByAll(last: WholeEntry, why: object): Promise<void> {
  await assert.rejects(fresh([first.entry, second.entry, last]), why);
  await assert.rejects(fresh([await rolls.stubOf(first.entry), await rolls.stubOf(second.entry), last], passkey), why);
  await assert.rejects(knowing(first, [first.entry, second.entry, last]), why);
  await assert.rejects(knowing(second, [last]), why);
}
