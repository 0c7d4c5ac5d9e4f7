/**
 * Signing another phone out: its session ends, its slot goes, and the vault turns, so that nothing new reaches it.
 *
 * The note says what is under way before anything is sent. Cut off anywhere, all of it is done again: a session that is over
 * and a slot that is gone are no errors.
 */
import { toBase64url } from "../replica/ids.ts";
import { removeSlot, turnVault } from "../vault/vault-roll.ts";
import { type Changing, changeRoll } from "./change-roll.ts";
import { AccountFailure } from "./failures.ts";
import { changeNote } from "./keep-note.ts";
import { type Note, readNote } from "./note.ts";
import { slotsBySession } from "./phone-names.ts";
import type { Phone } from "./phones.ts";
import { devicePair, keysHere } from "./roll-here.ts";

/** Begin with this phone, or go on where it was cut off. Throws AccountFailure, StoreFailure, RollRefused; then the note says it. */
export async function signOutPhone(changing: Changing, phone: Pick<Phone, "id" | "slots"> | null): Promise<void> {
  const { diary, calls } = changing;
  const leaving = phone === null ? (await readNote(diary))?.leaving : { session: phone.id, slots: phone.slots };
  if (leaving === undefined) return;
  await changeNote(diary, (note) => ({ ...note, leaving }));
  await calls.signOut(leaving.session).catch((cause: unknown) => {
    if (!(cause instanceof AccountFailure) || cause.code !== "not_found") throw cause;
  });
  // A server can say that this phone's slot is of another's session: it stays.
  const pair = await devicePair(diary);
  const own = pair && toBase64url(pair.public);
  await changeRoll(changing, {
    make: async (vault) => {
      // The phone may have had its slot made anew since it was listed.
      const said = (await slotsBySession(await keysHere(diary), vault.slots)).get(leaving.session)?.slots ?? [];
      const gone = new Set([...leaving.slots, ...said]);
      const here = vault.slots.filter(({ id }) => gone.has(id));
      const others = here.filter((slot) => slot.public !== own);
      if (others.length > 0) return removeSlot(vault, ...others.map(({ id }) => id));
      // Its slot went with an entry whose answer was lost, or with another phone's: that turned.
      return leaving.slots.length > 0 && here.length === 0 ? null : turnVault(vault);
    },
    noted: ({ leaving: _over, ...note }: Note) => note,
  });
}
