/**
 * Making the entries of a vault's roll: the first, and each next on top of the last.
 *
 * Each function gives the entry and the vault as it is once that entry is stored; until then the vault as it was
 * holds. Where the server says `roll_moved`, open the roll anew and make the entry again. Nothing here sends or keeps.
 * The vaults before and after share the bytes of their keys: wipe them when both are done with.
 */
import { makeRecordId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { isMap } from "./json.ts";
import { isKeyed, type KeySlot, makeSlot, type NewSlot, readSlot, rekeySlot } from "./key-slot.ts";
import { sealKeyring } from "./keyring.ts";
import { makeVaultKey, type VaultKey, vaultKeyOf, wipeVaultKey } from "./keys.ts";
import { type KnownRoll, type OpenVault, wipeVault } from "./open-vault.ts";
import { makePairToSeal, NotAPoint } from "./p256.ts";
import { randomBytes } from "./random.ts";
import { ENTRY_FORMAT, type EntryToSign, signEntry, type WholeEntry } from "./roll-entry.ts";
import { RollRefused } from "./roll-refused.ts";
import { lastKeyOf, lengthenLine } from "./signing-line.ts";

/** An entry to push, and the vault once it is stored. */
export interface Step {
  readonly entry: WholeEntry;
  readonly vault: OpenVault;
}

export interface Beginning {
  readonly space: SpaceId;
  /** The vault key; the vault has a copy of it. */
  readonly key: VaultKey;
  /** Earlier keys of a vault that had a roll before, oldest first. */
  readonly older?: readonly VaultKey[];
  /** One at least. */
  readonly slots: readonly NewSlot[];
}

/** Begin the roll of a space. Throws RollRefused `last-slot` where there is to be no slot; NotAPoint. */
export async function beginRoll({ space, key, older = [], slots }: Beginning): Promise<Step> {
  const signing = await makePairToSeal("ECDSA");
  try {
    const line = [{ key: toBase64url(signing.public), signature: null }];
    const made = await Promise.all(slots.map((slot) => makeSlot(slot, { space, key, signing: signing.public })));
    const keyring = await sealKeyring({ older, signing: signing.scalar, rest: { groups: {} } }, space, key);
    const known = { space, record: makeRecordId(randomBytes), ids: [], signing: line };
    const copies = { key: copyOf(key), older: older.map(copyOf) };
    const vault = { known, slots: [], ...copies, signer: signing.privateKey, rest: { groups: {} }, content: {} };
    return await layEntry(vault, { forget_older: false, slots: made, keyring }).catch((cause: unknown) => {
      wipeVault(vault);
      throw cause;
    });
  } finally {
    signing.scalar.fill(0);
  }
}

/** Add a slot; in the place of another, where one is named. Throws RollRefused `roll-full`; NotAPoint. */
export function addSlot(vault: OpenVault, made: NewSlot, inPlaceOf?: string): Promise<Step> {
  return putSlot(vault, made, (slot) => slot === null || slot.id !== inPlaceOf, false);
}

/**
 * Put a new recovery code in the place of the one there is: older entries become stubs, and the old code opens nothing
 * more. Who opened the vault with it before is not shut out; for that, remove a slot or turn.
 */
export function renewCode(vault: OpenVault, code: NewSlot & { readonly kind: "code" }): Promise<Step> {
  return putSlot(vault, code, (slot) => slot?.kind !== "code", true);
}

/**
 * Take out the slot of a phone that is about to forget all it knows, or of a passkey that the site did not take. Its key
 * would be known to the phone that made it, so nothing turns: who is to be shut out is removed by another. Throws RollRefused `last-slot`, `roll-full`.
 */
export function leaveSlot(vault: OpenVault, id: string): Promise<Step> {
  return layEntry(vault, { forget_older: true, slots: slotsOf(vault, (slot) => slot?.id !== id) });
}

/**
 * Remove slots, and turn: what is written from now on opens with the others only. Throws RollRefused `slot-not-here`,
 * `last-slot`, `roll-full`.
 */
export function removeSlot(vault: OpenVault, ...ids: readonly string[]): Promise<Step> {
  if (!ids.every((id) => vault.slots.some((slot) => slot.id === id))) return Promise.reject(new RollRefused("slot-not-here"));
  return turn(vault, { isKept: (slot) => slot === null || !ids.includes(slot.id), forgetOlder: true });
}

/**
 * Make a new vault key and a new signing key. `lost` are vault keys of a line that the server lost when a backup was put
 * back, and of which other phones may never hear: those that are not here already come into the keyring. Throws
 * RollRefused `roll-full`.
 */
export function turnVault(vault: OpenVault, lost: readonly VaultKey[] = []): Promise<Step> {
  return turn(vault, { isKept: () => true, forgetOlder: false, lost });
}

/**
 * The same, and leave the new key to those slots only that have one of these public halves, of whatever kind they are. Throws
 * RollRefused `last-slot`, `roll-full`.
 */
export function turnFor(publics: ReadonlySet<string>, vault: OpenVault, lost: readonly VaultKey[]): Promise<Step> {
  const isKept: IsKept = (_slot, json) => isMap(json) && isKeyed(json) && publics.has(json.public);
  return turn(vault, { isKept, forgetOlder: true, lost });
}

/** Of a slot of an unknown kind there is its JSON only. */
type IsKept = (slot: KeySlot | null, json: unknown) => boolean;

interface Turn {
  readonly isKept: IsKept;
  readonly forgetOlder: boolean;
  readonly lost?: readonly VaultKey[];
}

async function turn(vault: OpenVault, { isKept, forgetOlder, lost = [] }: Turn): Promise<Step> {
  const { space } = vault.known;
  const key = makeVaultKey(randomBytes);
  const next = await makePairToSeal("ECDSA");
  try {
    const signing = await lengthenLine(vault.known.signing, vault.signer, next.public, space);
    const here = new Set([...vault.older, vault.key].map(({ id }) => id));
    const older = [...vault.older, ...lost.filter(({ id }) => !here.has(id)).map(copyOf), vault.key];
    const slots = await Promise.all(slotsOf(vault, isKept).map((slot) => rekeyed(slot, { space, key })));
    const keyring = await sealKeyring({ older, signing: next.scalar, rest: vault.rest }, space, key);
    const turned = { ...vault, known: { ...vault.known, signing }, key, older, signer: next.privateKey };
    return await layEntry(turned, { forget_older: forgetOlder, slots, keyring });
  } catch (cause) {
    wipeVaultKey(key);
    throw cause;
  } finally {
    next.scalar.fill(0);
  }
}

async function putSlot(vault: OpenVault, made: NewSlot, isKept: IsKept, forgetOlder: boolean): Promise<Step> {
  const { key, known } = vault;
  const slot = await makeSlot(made, { space: known.space, key, signing: lastKeyOf(known.signing) });
  return layEntry(vault, { forget_older: forgetOlder, slots: [...slotsOf(vault, isKept), slot] });
}

/** The slots of the last entry as they stand there; what is no slot of a known kind stays where it is. */
function slotsOf(vault: OpenVault, isKept: IsKept): readonly unknown[] {
  const { slots } = vault.content;
  return Array.isArray(slots) ? slots.filter((json: unknown) => isKept(readSlot(json), json)) : [];
}

async function rekeyed(slot: unknown, place: { space: SpaceId; key: VaultKey }): Promise<unknown> {
  if (!isMap(slot) || !isKeyed(slot)) return slot;
  try {
    return await rekeySlot(slot, place);
  } catch (cause) {
    if (cause instanceof NotAPoint) return slot;
    throw cause;
  }
}

interface Change {
  readonly forget_older: boolean;
  readonly slots: readonly unknown[];
  readonly keyring?: string;
}

/** Sign the entry that changes the last one so, and give the vault with it on top. */
async function layEntry(vault: OpenVault, change: Change): Promise<Step> {
  const slots = change.slots.map(readSlot).filter((slot) => slot !== null);
  if (slots.length === 0) throw new RollRefused("last-slot");
  const { space, record, ids, signing } = vault.known;
  const content = { format: ENTRY_FORMAT, ...vault.content, signing, ...change };
  const toSign: EntryToSign = { space, record, keyId: vault.key.id, parent: ids.at(-1) ?? null, content, signer: vault.signer };
  const entry = await signEntry(toSign);
  const known: KnownRoll = { ...vault.known, ids: [...ids, entry.id] };
  return { entry, vault: { ...vault, known, slots, content } };
}

function copyOf({ id, bytes }: VaultKey): VaultKey {
  return vaultKeyOf(id, bytes.slice());
}
