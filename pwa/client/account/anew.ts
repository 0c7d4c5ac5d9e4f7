/**
 * A roll that is another than this phone knows: the site lost the account, and another phone made it again for the very same
 * vault; or it was put back to before entries that are known here, and another phone's came in their place.
 */
import type { Diary } from "../store/diary.ts";
import { rollRows } from "../store/received.ts";
import { isMap } from "../vault/json.ts";
import { openSlot } from "../vault/key-slot.ts";
import { type FreshOpener, openFreshRoll } from "../vault/open-roll.ts";
import { type OpenVault, wipeVault } from "../vault/open-vault.ts";
import { type RollEntry, readContent, readEntryHeader } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { type Step, turnFor } from "../vault/vault-roll.ts";
import { noteOf } from "./bring-here.ts";
import type { Calls } from "./calls.ts";
import { putOnTop, untilStored } from "./change-roll.ts";
import { aloneWithNote, forgetServer } from "./keep-note.ts";
import { EVEN_SPOILT, type Lent, lendVault } from "./lend-vault.ts";
import { hasCurrentKey, isNewWayIn, verifyIsOurs } from "./made-anew.ts";
import { type Note, readNote } from "./note.ts";
import { keepRoll, verifyKeys } from "./roll-here.ts";
import { entryOf } from "./sent-entries.ts";

interface Here {
  readonly diary: Diary;
  readonly calls: Calls;
}

/**
 * Where the roll does not go on from the one that this phone knows, take it in its place, if what was shown opens all of it.
 * Whoever has the key that is current here was not shut out, and is believed (`verifyIsOurs`). Where it goes on from what was
 * known before an entry with that key was lost, this phone turns on top of what there is, for those only whom it knows: who was shut out by what was lost stays so.
 * Throws AccountFailure, StoreFailure; RollRefused, and nothing was changed.
 */
export async function takeUpAnew(opener: FreshOpener, here: Here): Promise<void> {
  await aloneWithNote(here.diary, () => untilStored(() => takeUpOnce(opener, here)));
}

/** Null where another phone's entry came in between. */
async function takeUpOnce(opener: FreshOpener, here: Here): Promise<true | null> {
  const { diary, calls } = here;
  const note = await readNote(diary);
  const { space } = diary.inside.keys;
  const entries = await calls.roll(space);
  if (note === null || !isAnother(note, entries)) return true;
  const vault = await openFreshRoll({ space, entries, opener });
  try {
    if (isAFork(note, entries) && !(await hasCurrentKey(diary, vault))) return await turnOnTop({ opener, note, entries, vault }, here);
    await verifyIsOurs(diary, vault, await isNewWayIn(diary, opener));
    await keepInPlace(diary, note, vault, entries);
    return true;
  } finally {
    wipeVault(vault);
  }
}

/** What lies behind the known one goes on from it once the backup has sent what is lost. */
function isAnother({ known }: Note, entries: readonly RollEntry[]): boolean {
  const [given, last] = [new Set<string>(entries.map(({ id }) => id)), entries.at(-1)?.id];
  const top = known.ids.at(-1);
  return top !== undefined && !given.has(top) && last !== undefined && !known.ids.includes(last);
}

/** Whether it begins as the known one does. */
function isAFork({ known }: Note, [first]: readonly RollEntry[]): boolean {
  return first !== undefined && known.ids.includes(first.id);
}

interface Fork {
  readonly opener: FreshOpener;
  readonly note: Note;
  readonly entries: readonly RollEntry[];
  readonly vault: OpenVault;
}

/**
 * Put a turn on top: the keys of the lost entries come with it. It may be that a phone that was shut out made what lies below,
 * so the new key goes only to the slots of the last entry that was known here, and to the one that was shown.
 */
async function turnOnTop({ opener, note, entries, vault }: Fork, { diary, calls }: Here): Promise<true | null> {
  const shown = await openSlot(vault.slots, opener, note.known.space);
  const publics = new Set([...(await knownPublics(diary, note)), shown.slot.public]);
  const turn = async ({ all }: Lent): Promise<Step> => {
    verifyKeys(all, vault);
    return turnFor(publics, vault, all);
  };
  const { entry, vault: turned } = await lendVault(diary, turn, EVEN_SPOILT);
  try {
    if (!(await putOnTop(calls, note.known.space, entry))) return null;
    await keepInPlace(diary, note, turned, [...entries, entry]);
    return true;
  } finally {
    wipeVault(turned);
  }
}

/** The public halves of the slots of the last entry that this phone knows. Throws RollRefused where it has it no more. */
async function knownPublics(diary: Diary, { known }: Note): Promise<readonly string[]> {
  const row = (await rollRows(diary.inside.database)).find(({ id }) => id === known.ids.at(-1));
  const entry = row && entryOf(row);
  if (entry === undefined || !("blob" in entry)) throw new RollRefused("roll-forked");
  await readEntryHeader(entry);
  return readContent(entry).slots.flatMap((slot) => (isMap(slot) && typeof slot.public === "string" ? slot.public : []));
}

/** Keep it in the place of the known one. This phone makes itself known there anew; what was under way goes on. */
async function keepInPlace(diary: Diary, note: Note, vault: OpenVault, entries: readonly RollEntry[]): Promise<void> {
  const { phone: _slotOfBefore, ...left } = note;
  await keepRoll(diary, { ...left, ...noteOf(vault) }, vault, entries);
  await forgetServer(diary);
}
