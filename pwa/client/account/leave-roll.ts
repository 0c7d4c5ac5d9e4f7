/**
 * Taking this phone's own slot out of the roll, as it signs itself out: where it goes, the other phones do not list it any more.
 *
 * The roll takes that only from whoever has just shown a passkey or the code. Nobody is asked for one merely to leave: then
 * the slot stays, and the other phones say so.
 */
import { leaveSlot } from "../vault/vault-roll.ts";
import { type Changing, changeRoll } from "./change-roll.ts";
import { type Note, readNote } from "./note.ts";

/** Take it out, if it has one and the proof is fresh. Throws AccountFailure, StoreFailure, RollRefused. */
export async function leaveRoll(changing: Changing): Promise<void> {
  const slot = (await readNote(changing.diary))?.phone?.slot;
  if (slot != null && (await changing.calls.account()).proved) await takeOut(changing, slot);
}

/** Take out a slot that this phone had; it makes itself known anew when it is next asked to. Throws as `changeRoll`. */
export async function takeOut(changing: Changing, slot: string): Promise<void> {
  await changeRoll(changing, {
    make: async (vault) => (vault.slots.some(({ id }) => id === slot) ? leaveSlot(vault, slot) : null),
    noted: ({ phone: _left, ...note }: Note) => note,
  });
}
