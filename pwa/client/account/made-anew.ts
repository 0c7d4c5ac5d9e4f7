/**
 * A roll that begins this phone's vault anew, where the site lost the account: when it is believed, and what is to be brought
 * to it.
 *
 * A phone that was signed out can make one too: it had an earlier key, it knew a signing key that old slots vouch for, and
 * it may have been shown the passkey or the code of that time. What it cannot have is the key that is current here; nor a
 * way in that was made after it left.
 */

import { parseHeader } from "../replica/header.ts";
import type { Diary } from "../store/diary.ts";
import { rollRows } from "../store/received.ts";
import { openSlot, readSlot } from "../vault/key-slot.ts";
import type { VaultKey } from "../vault/keys.ts";
import type { FreshOpener } from "../vault/open-roll.ts";
import type { OpenVault } from "../vault/open-vault.ts";
import { readContent } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { type Step, turnVault } from "../vault/vault-roll.ts";
import { type Changing, changeRoll } from "./change-roll.ts";
import { EVEN_SPOILT, type Lent, lendVault } from "./lend-vault.ts";
import { isNotOpened, isSame } from "./roll-here.ts";
import { entryOf } from "./sent-entries.ts";

/** Whether what was shown opens nothing that this phone ever had: whoever made a slot for it met it afterwards. */
export async function isNewWayIn({ ground: { database } }: Diary, opener: FreshOpener): Promise<boolean> {
  const whole = (await rollRows(database)).map(entryOf).flatMap((entry) => ("blob" in entry ? [entry] : []));
  for (const entry of whole) {
    const slots = readContent(entry)
      .slots.map(readSlot)
      .filter((slot) => slot !== null);
    try {
      await openSlot(slots, opener, parseHeader(entry.header).space);
      return false;
    } catch (cause) {
      if (!isNotOpened(cause)) throw cause;
    }
  }
  return whole.length > 0;
}

/**
 * See that the vault of that roll is this phone's: the key that is current here is one of its keys; or an earlier one is, as
 * on a phone that was away for a turn, and what was shown is a new way in. Throws RollRefused `roll-forked`.
 */
export async function verifyIsOurs(diary: Diary, vault: OpenVault, isNew: boolean): Promise<void> {
  const hasEarlier = ({ all }: Lent): Promise<boolean> => Promise.resolve(all.some((here) => has(vault, here)));
  if ((await hasCurrentKey(diary, vault)) || (isNew && (await lendVault(diary, hasEarlier, EVEN_SPOILT)))) return;
  throw new RollRefused("roll-forked");
}

/** Whether the key that is current here is one of the vault's. */
export function hasCurrentKey(diary: Diary, vault: OpenVault): Promise<boolean> {
  return lendVault(diary, async ({ all }) => !diary.inside.isSpoilt && has(vault, all.at(-1)), EVEN_SPOILT);
}

function has({ key, older }: OpenVault, here: VaultKey | undefined): boolean {
  return [...older, key].some((each) => isSame(each, here));
}

/**
 * Learn what the roll says by now, and bring it what keys of this vault it lacks, for all other phones. Throws as
 * `changeRoll`.
 */
export async function bringKeysThere(changing: Changing): Promise<void> {
  await changeRoll(changing, { make: (vault) => bringKeys(changing.diary, vault) });
}

/** Turn the vault where a key that is here is none of its keys, so that all phones get it; null where none is. */
function bringKeys(diary: Diary, { older, key, ...vault }: OpenVault): Promise<Step | null> {
  const ids = new Set([...older, key].map(({ id }) => id));
  const bring = async ({ all }: Lent): Promise<Step | null> => {
    const lost = all.filter(({ id }) => !ids.has(id));
    return lost.length === 0 ? null : turnVault({ ...vault, older, key }, lost);
  };
  return lendVault(diary, bring, EVEN_SPOILT);
}
