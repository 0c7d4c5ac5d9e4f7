/**
 * Making this phone known to its account: a slot of its own in the roll, so that it learns a later key by itself, and a name
 * for the list of phones.
 *
 * A slot needs a fresh proof, so it comes with signing up, signing in, or the next time that one is asked for. Where this
 * phone asks for something each time it opens, or its browser keeps no key, it has none: a key kept beside would open it all.
 */

import { toBase64url } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { writeInVault } from "../store/transaction.ts";
import { readVault } from "../store/vault-door.ts";
import { type KeySlot, makeDevicePair } from "../vault/key-slot.ts";
import type { KeyPair } from "../vault/p256.ts";
import { addSlot } from "../vault/vault-roll.ts";
import { type Changing, changeRoll } from "./change-roll.ts";
import { changeNote } from "./keep-note.ts";
import { takeOut } from "./leave-roll.ts";
import { type Note, readNote } from "./note.ts";
import { openPhoneName, sealPhoneName } from "./phone-names.ts";
import type { Phone } from "./phones.ts";
import { devicePair, keysHere } from "./roll-here.ts";

/**
 * Do what is still to be done of it. `name` is what it is called until the person says. Gives the note as it is then. Throws
 * AccountFailure, StoreFailure, RollRefused.
 */
export async function introduce(changing: Changing, name: string): Promise<Note | null> {
  const { diary, calls } = changing;
  const note = await readNote(diary);
  if (note === null || note.state === "signing-up") return note;
  const { session, proved } = await calls.account();
  const mayHaveSlot = proved && (await opensByItself(diary));
  // While the app is locked the pair is gone, and with it what the slot was for.
  const hasSlot = typeof note.phone?.slot === "string" && (await devicePair(diary)) !== null;
  const isSaid = hasSlot && (note.called === undefined || note.called === note.phone?.name);
  // Another tab, or this one, may have changed it while the site was asked.
  if (note.phone?.session === session && (isSaid || !mayHaveSlot)) return readNote(diary);
  const before = note.phone?.slot ?? null;
  const called = (await listedName(changing, session)) ?? note.called ?? name;
  const slot = mayHaveSlot ? await addOwnSlot(changing, { name: called, session, before }) : null;
  if (!mayHaveSlot && proved && before !== null) await takeOut(changing, before);
  await calls.labelPhone(session, await sealPhoneName(diary.inside.keys, { name: called, other: slot }));
  return changeNote(diary, (now) => ({
    ...now,
    ...(now.called === undefined && called === name ? {} : { called }),
    phone: { session, slot, name: called },
  }));
}

/**
 * Call a phone by a name of one's choosing: in the list that the server keeps; in its slot when this phone next shows who it
 * is. Throws AccountFailure, StoreFailure.
 */
export async function namePhone({ diary, calls }: Changing, { id, slots, isThis }: Phone, name: string): Promise<Note | null> {
  await calls.labelPhone(id, await sealPhoneName(diary.inside.keys, { name, other: slots.at(-1) ?? null }));
  return changeNote(diary, (note) => (isThis ? { ...note, called: name } : note));
}

/** What the list calls this phone, which may have been named from another one; null where it does not say. */
async function listedName({ diary, calls }: Changing, session: string): Promise<string | null> {
  const listed = (await calls.phones()).find(({ id }) => id === session);
  return (await openPhoneName(await keysHere(diary), listed?.label))?.name ?? null;
}

interface Own {
  readonly name: string;
  readonly session: string;
  /** The slot it had. */
  readonly before: string | null;
}

/** Add this phone's slot to the roll, or put it in the place of the one it had. Gives its id; null where the app was locked. */
async function addOwnSlot(changing: Changing, { name, session, before }: Own): Promise<string | null> {
  const { diary } = changing;
  const pair = await keptPair(diary);
  if (pair === null) return null;
  const own = ({ kind, public: point }: KeySlot): boolean => kind === "device" && point === toBase64url(pair.public);
  const slots = await changeRoll(changing, {
    make: async (vault) => {
      const there = vault.slots.find(own);
      const said = there === undefined ? null : await openPhoneName(await keysHere(diary), there.label);
      if (said?.other === session && said.name === name) return null;
      const label = await sealPhoneName(diary.inside.keys, { name, other: session });
      return addSlot(vault, { kind: "device", public: pair.public, label }, there?.id ?? before ?? undefined);
    },
  });
  return slots.find(own)?.id ?? null;
}

async function opensByItself({ inside: { database } }: Diary): Promise<boolean> {
  return isOfDevice(await readVault(database, "slot"));
}

function isOfDevice(slot: unknown): boolean {
  return typeof slot === "object" && slot !== null && "kind" in slot && slot.kind === "device";
}

/**
 * The pair that this phone keeps, or a new one: kept before it is told to anybody. Null where the app was locked meanwhile:
 * beside a door that asks, it would open everything.
 */
async function keptPair(diary: Diary): Promise<KeyPair | null> {
  const made = await makeDevicePair();
  const { database, keys } = diary.inside;
  return writeInVault(database, keys.space, {
    stores: ["vault"],
    durability: "strict",
    work: async (transaction) => {
      const vault = transaction.objectStore("vault");
      if (!isOfDevice(await vault.get("slot"))) return null;
      const there = (await vault.get("device-pair")) as KeyPair | undefined;
      if (there === undefined) await vault.put(made, "device-pair");
      return there ?? made;
    },
  });
}
