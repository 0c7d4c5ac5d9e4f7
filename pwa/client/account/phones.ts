/** The phones that are signed in, by names that only the person's own phones can read. */

import { toBase64url } from "../replica/ids.ts";
import type { KeySlot } from "../vault/key-slot.ts";
import type { Keys } from "../vault/keys.ts";
import type { KeyPair } from "../vault/p256.ts";
import type { SignedInPhone } from "./calls.ts";
import { type InSlots, openPhoneName, slotsBySession } from "./phone-names.ts";

export interface Phone {
  /** Of its session; where there is none, what its slot says or is. */
  readonly id: string;
  /** What it is called; null where no name was given, it does not open here, or it is another phone's. */
  readonly name: string | null;
  /** Its slots in the roll, by what the roll says. */
  readonly slots: readonly string[];
  /** Days, as in 2026-05-14; null of a phone that is not signed in and still has a slot. */
  readonly days: { readonly since: string; readonly seen: string } | null;
  readonly isThis: boolean;
}

/**
 * All phones of the account, this one first, by the server's list and the slots of the roll. A slot that none of the list
 * has opens the vault all the same, so it is a phone too, unless it is of this phone's own pair.
 */
export async function phonesIn(
  sessions: readonly SignedInPhone[],
  slots: readonly KeySlot[],
  keys: Pick<Keys, "of">,
  pair: Pick<KeyPair, "public"> | null,
): Promise<readonly Phone[]> {
  const bySession = await slotsBySession(keys, slots);
  const phones = await Promise.all(
    sessions.map(async ({ id, label, created_on: since, seen_on: seen, current }) => {
      const said = await openPhoneName(keys, label);
      const { slots: own, names } = bySession.get(id) ?? NO_SLOTS;
      const isAgreed = said?.other == null ? own.length === 0 : own.length === 1 && own[0] === said.other;
      const name = isAgreed ? (said?.name ?? null) : nameOf(names);
      return { id, name, slots: own, days: { since, seen }, isThis: current };
    }),
  );
  const listed = new Set(sessions.map(({ id }) => id));
  const own = pair && toBase64url(pair.public);
  const others = await slotsBySession(
    keys,
    slots.filter((slot) => slot.public !== own),
  );
  const away = [...others]
    .filter(([id]) => !listed.has(id))
    .map(([id, { slots: own, names }]): Phone => ({ id, name: nameOf(names), slots: own, days: null, isThis: false }));
  return [...phones.sort((a, b) => Number(b.isThis) - Number(a.isThis)), ...away];
}

const NO_SLOTS: InSlots = { slots: [], names: [] };

/** Several slots that say they are of one session are of several phones: none of them hides behind another. */
function nameOf(names: readonly string[]): string | null {
  return names.join(" · ") || null;
}

/** A browser and what it runs on, as far as it says; brands are the same in every language. */
export function describe(userAgent: string): string {
  const found = [BROWSERS, SYSTEMS].flatMap((table) => table.find(([, mark]) => mark.test(userAgent))?.[0] ?? []);
  return found.join(", ") || "Browser";
}

/** The first that fits: most browsers name others too. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ["Edge", /\bEdg(A|iOS)?\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Chrome", /\b(Chrome|CriOS)\//],
  ["Safari", /\bSafari\//],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["Mac", /\bMacintosh\b/],
  ["Linux", /\bLinux\b/],
];
