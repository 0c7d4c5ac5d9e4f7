/**
 * The one way of changing the vault's roll: open it as it is on the server, make the step, have it stored, keep it here.
 *
 * The server takes an entry only from whoever has just shown a passkey or the code, and only on top of the last. A new key
 * seals nothing before its entry is stored. Where the answer was lost, nobody knows what came of it: the next try sees.
 */
import type { SpaceId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import type { KeySlot } from "../vault/key-slot.ts";
import type { FreshOpener } from "../vault/open-roll.ts";
import { type OpenVault, wipeVault } from "../vault/open-vault.ts";
import type { WholeEntry } from "../vault/roll-entry.ts";
import type { Step } from "../vault/vault-roll.ts";
import type { Calls } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { aloneWithNote } from "./keep-note.ts";
import { type Note, readNote } from "./note.ts";
import { keepRoll, openHere } from "./roll-here.ts";
import { asSent } from "./sent-entries.ts";

export interface Changing {
  readonly diary: Diary;
  readonly calls: Calls;
  /** What was shown just now; null where a passkey gave nothing that opens. */
  readonly opener?: FreshOpener | null;
}

export interface RollChange {
  /** Makes the step; null where it is so already. Called anew where another phone was faster. */
  readonly make: (vault: OpenVault) => Promise<Step | null>;
  /** What the note says once that is so. */
  readonly noted?: (note: Note, slots: readonly KeySlot[]) => Note;
}

/** As often as phones of one person may change it in the same moment. */
const TRIES = 8;

/**
 * Change the roll. Gives the slots there are then. Throws AccountFailure `proof_needed`, RollRefused (`slot-…` where
 * nothing at hand opens it), StoreFailure.
 */
export function changeRoll(changing: Changing, change: RollChange): Promise<readonly KeySlot[]> {
  return aloneWithNote(changing.diary, () => untilStored(() => changeOnce(changing, change)));
}

/** Do it anew as long as it gives null: another phone's entry came in between. Throws AccountFailure where that does not end. */
export async function untilStored<T>(work: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const done = await work();
    if (done !== null) return done;
  }
  throw new AccountFailure("not-understood");
}

/** Put an entry on top of the roll. Gives false where another one lies there. Throws AccountFailure. */
export async function putOnTop(calls: Calls, space: SpaceId, entry: WholeEntry): Promise<boolean> {
  const rejected = await calls.addToRoll(space, asSent(entry));
  if (rejected === null || rejected === "roll_moved") return rejected === null;
  throw new AccountFailure(rejected === "proof_needed" ? rejected : "not-understood");
}

/** Learn what the roll says by now, without changing it. Throws as `changeRoll`. */
export function learnRoll(changing: Changing): Promise<readonly KeySlot[]> {
  return changeRoll(changing, { make: () => Promise.resolve(null) });
}

/** Null where another phone's entry came in between. */
async function changeOnce(
  { diary, calls, opener = null }: Changing,
  { make, noted = same }: RollChange,
): Promise<readonly KeySlot[] | null> {
  const note = await readNote(diary);
  if (note === null) throw new AccountFailure("account_deleted");
  const entries = await calls.roll(note.known.space);
  const vault = await openHere(diary, { known: note.known, entries, opener });
  try {
    const step = await make(vault);
    if (step === null) {
      await keepRoll(diary, noted(note, vault.slots), vault, entries);
      return vault.slots;
    }
    try {
      if (!(await putOnTop(calls, note.known.space, step.entry))) return null;
      await keepRoll(diary, noted(note, step.vault.slots), step.vault, [...entries, step.entry]);
      return step.vault.slots;
    } finally {
      wipeVault(step.vault);
    }
  } finally {
    wipeVault(vault);
  }
}

function same(note: Note): Note {
  return note;
}
