/**
 * What a phone is called, sealed: in the list of sessions that the server keeps, and in the phone's own slot of the roll.
 *
 * Each names the other: a session's label the slot, a slot's label the session. The roll is signed and the list is not. So
 * where the two do not agree, the slots' names count, all of them: a server that swaps labels, or tells a phone another's
 * session, hides no phone behind another's name, and what is removed is what goes by the names that were shown.
 */
import { NotOpened } from "../vault/blob.ts";
import type { KeySlot } from "../vault/key-slot.ts";
import type { Keys, VaultKeys } from "../vault/keys.ts";
import { openLabel, sealLabel } from "../vault/labels.ts";

/** Signs that a name may have: with what it goes with it fits into a label, whatever they are. */
export const LONGEST_NAME = 60;

export interface PhoneName {
  /** What it is, such as "Chrome, Android", or what the person calls it. */
  readonly name: string;
  /** The slot, in a session's label; the session, in a slot's. None of a phone without a slot. */
  readonly other: string | null;
}

/** A name as it is kept, from what was typed: one line. Null where nothing is left of it, or it is too long. */
export function nameTyped(typed: string): string | null {
  const name = typed.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return name !== "" && [...name].length <= LONGEST_NAME ? name : null;
}

/** Seal it: the name on the first line, and what it goes with on the second. */
export function sealPhoneName(keys: VaultKeys, { name, other }: PhoneName): Promise<string> {
  return sealLabel(keys, other === null ? name : `${name}\n${other}`);
}

/** Null where there is none, or it does not open here. */
export async function openPhoneName(keys: Pick<Keys, "of">, label: unknown): Promise<PhoneName | null> {
  if (typeof label !== "string") return null;
  try {
    const [name = "", other = null] = (await openLabel(keys, label)).split("\n");
    return { name, other };
  } catch (cause) {
    if (cause instanceof NotOpened) return null;
    throw cause;
  }
}

/** A phone by what its slots say. */
export interface InSlots {
  readonly slots: readonly string[];
  /** What they are called there, each name once. */
  readonly names: readonly string[];
}

/** The phones that have slots, by the session that each slot says it is of; by its own id where it says none. */
export async function slotsBySession(keys: Pick<Keys, "of">, slots: readonly KeySlot[]): Promise<ReadonlyMap<string, InSlots>> {
  const bySession = new Map<string, InSlots>();
  for (const { id, kind, label } of slots) {
    if (kind !== "device") continue;
    const said = await openPhoneName(keys, label);
    const session = said?.other || id;
    const { slots: others, names } = bySession.get(session) ?? { slots: [], names: [] };
    bySession.set(session, { slots: [...others, id], names: [...new Set([...names, ...(said === null ? [] : [said.name])])] });
  }
  return bySession;
}
