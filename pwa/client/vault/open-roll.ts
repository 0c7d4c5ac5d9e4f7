/**
 * Opening a vault from its roll: first who made it is verified, then what is in it is opened, then it is believed.
 *
 * A fresh phone has nothing but a passkey's output or the recovery code. Both open a slot that vouches for a signing
 * key: from that one on, the line of signing keys must lead to the one that signed the last entry. A phone that knows
 * the vault knows its last entry and the line so far, and takes nothing that does not go on from there.
 *
 * Whatever does not hold is refused with a code, and nothing of it is to be kept.
 */
import type { Header } from "../replica/header.ts";
import type { SpaceId } from "../replica/ids.ts";
import { type CodeOpener, type DeviceOpener, type OpenedSlot, openSlot, type PasskeyOpener, readSlot, takeVaultKey } from "./key-slot.ts";
import { openKeyring } from "./keyring.ts";
import { type VaultKey, vaultKeyOf, wipeVaultKey } from "./keys.ts";
import type { KnownRoll, OpenVault } from "./open-vault.ts";
import { importPrivate, isSigned, NotAPoint, sign } from "./p256.ts";
import { randomBytes } from "./random.ts";
import { type EntryContent, type RollEntry, readContent, readEntryHeader, verifySignature } from "./roll-entry.ts";
import { RollRefused } from "./roll-refused.ts";
import { lastKeyOf, type SigningLine, verifyLine } from "./signing-line.ts";

export type FreshOpener = PasskeyOpener | CodeOpener;

/** What opens a vault that this phone knows; the vault key, from another slot of this phone, as long as it is the current one. */
export type KnownOpener = FreshOpener | DeviceOpener | { readonly kind: "vault-key"; readonly key: VaultKey };

/**
 * Open a vault on a phone that knows nothing of it. `entries` is the whole roll, oldest first; older ones may be stubs.
 * Throws RollRefused: `roll-forged`, `roll-damaged`, `slot-not-here`, `slot-wrong-key`; NewerFormat.
 */
export async function openFreshRoll({
  space,
  entries,
  opener,
}: {
  space: SpaceId;
  entries: readonly RollEntry[];
  opener: FreshOpener;
}): Promise<OpenVault> {
  const rows = await readRows(entries, space);
  if (rows[0] !== undefined && rows[0].header.parents.length > 0) throw new RollRefused("roll-forged");
  const last = await verifyRows(rows, [], space);
  const known = { space, record: last.header.record, ids: entries.map(({ id }) => id), signing: last.content.signing };
  return openLast(last, known, opener);
}

/**
 * Open a vault on a phone that knows it. `entries` follow each other, oldest first, and reach back at least to the one
 * that this phone knows last, or begin on top of it. Throws as `openFreshRoll`, and RollRefused `roll-behind`, `roll-forked`.
 */
export async function openKnownRoll({
  known,
  entries,
  opener,
}: {
  known: KnownRoll;
  entries: readonly RollEntry[];
  opener: KnownOpener;
}): Promise<OpenVault> {
  const rows = await readRows(entries, known.space);
  const on = goingOn(rows, known);
  const last = await verifyRows(on, known.signing, known.space);
  if (last.header.record !== known.record) throw new RollRefused("roll-forged");
  const ids = [...known.ids, ...on.map(({ entry }) => entry.id).filter((id) => id !== known.ids.at(-1))];
  return openLast(last, { ...known, ids, signing: last.content.signing }, opener);
}

interface Row {
  readonly entry: RollEntry;
  readonly header: Header;
}

interface LastRow extends Row {
  readonly content: EntryContent;
}

/** Each is of its id, of this space and of one record, and each has the one before as its only parent. */
async function readRows(entries: readonly RollEntry[], space: SpaceId): Promise<readonly Row[]> {
  const rows = await Promise.all(entries.map(async (entry) => ({ entry, header: await readEntryHeader(entry) })));
  const isOneLine = rows.every(({ header }, place) => {
    const before = rows[place - 1];
    if (header.space !== space || header.parents.length > 1) return false;
    return before === undefined || (header.record === before.header.record && header.parents[0] === before.entry.id);
  });
  if (!isOneLine) throw new RollRefused("roll-forged");
  return rows;
}

/** What is known and what lies on top of it, from the entry known last. */
function goingOn(rows: readonly Row[], known: KnownRoll): readonly Row[] {
  const top = known.ids.at(-1);
  const at = rows.findIndex(({ entry }) => entry.id === top);
  if (at >= 0) return rows.slice(at);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || known.ids.includes(last.entry.id)) throw new RollRefused("roll-behind");
  if (top === undefined || first.header.parents[0] !== top) throw new RollRefused("roll-forked");
  return rows;
}

/** Every whole entry goes on from the line of the whole one before, and is signed by its last key. */
async function verifyRows(rows: readonly Row[], known: SigningLine, space: SpaceId): Promise<LastRow> {
  let line = known;
  let last: LastRow | null = null;
  for (const row of rows) {
    last = null;
    if (!("blob" in row.entry)) continue;
    const content = readContent(row.entry);
    await verifyLine(content.signing, line, space);
    await verifySignature(row.entry, content.signing);
    line = content.signing;
    last = { ...row, content };
  }
  if (last === null) throw new RollRefused("roll-damaged");
  return last;
}

async function openLast({ header, content }: LastRow, known: KnownRoll, opener: KnownOpener): Promise<OpenVault> {
  const { space } = known;
  const slots = content.slots.map(readSlot).filter((slot) => slot !== null);
  const key =
    opener.kind === "vault-key"
      ? copyOfCurrent(opener.key, header)
      : await takeVaultKey(believed(await openSlot(slots, opener, space), content.signing), { space, keyId: header.keyId });
  try {
    const { older, signing, rest } = await openKeyring(content.keyring, space, key);
    const signer = await signerOf(signing, content.signing);
    return { known, slots, key, older, signer, rest, content: content.json };
  } catch (cause) {
    wipeVaultKey(key);
    throw cause;
  }
}

/** The key that a slot vouches for stands in the line; every key after it is verified already. */
function believed(opened: OpenedSlot, line: SigningLine): OpenedSlot {
  if (opened.pinned !== null && !line.some(({ key }) => key === opened.pinned)) throw new RollRefused("roll-forged");
  return opened;
}

function copyOfCurrent({ id, bytes }: VaultKey, header: Header): VaultKey {
  if (id !== header.keyId) throw new RollRefused("slot-wrong-key");
  return vaultKeyOf(id, bytes.slice());
}

/** The private half of the line's last key. A browser may take a scalar that is another's, so it is tried. */
async function signerOf(scalar: Uint8Array, line: SigningLine): Promise<CryptoKey> {
  const point = lastKeyOf(line);
  try {
    const signer = await importPrivate("ECDSA", scalar, point);
    const message = randomBytes(32);
    if (await isSigned(point, await sign(signer, message), message)) return signer;
  } catch (cause) {
    if (!(cause instanceof NotAPoint)) throw cause;
  } finally {
    scalar.fill(0);
  }
  throw new RollRefused("roll-damaged");
}
