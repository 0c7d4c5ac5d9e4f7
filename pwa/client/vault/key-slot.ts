/**
 * A slot of the roll: a key pair. The vault key is sealed to its public half; its private half, and with it the
 * vault's signing key of that day, is sealed under what only a passkey or the recovery code gives.
 *
 *     sealed = blob(wrapping key, scalar ‖ signing key, "cairn/1/slot" ‖ space ‖ slot ‖ public)
 *     key    = HPKE(public, vault key, info = "cairn/1/slot/key" ‖ space ‖ slot ‖ key id)
 *
 * So the vault key can turn without touching a passkey, and a fresh phone learns from its own slot whom to believe.
 * A device's private half stays in that phone's browser and is in no slot.
 */
import { fromBase64url, type KeyId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { NONCE_LENGTH, NotOpened, openBlob, sealBlob, TAG_LENGTH } from "./blob.ts";
import { type Bytes, join, labelled } from "./bytes.ts";
import { openFrom, sealTo } from "./hpke.ts";
import { isBytes, isMap, type JsonMap } from "./json.ts";
import { VAULT_KEY_LENGTH, type VaultKey, vaultKeyOf } from "./keys.ts";
import { importPrivate, type KeyPair, makeKeptPair, makePairToSeal, NotAPoint, POINT_LENGTH, SCALAR_LENGTH } from "./p256.ts";
import { derivePasskeyKey, type PasskeyOutput } from "./passkey-key.ts";
import { randomBytes } from "./random.ts";
import { deriveCodeKey } from "./recovery-code.ts";
import { RollRefused } from "./roll-refused.ts";
import { SALT_LENGTH, SLOT_ID_LENGTH } from "./slot.ts";

/** A slot as it stands in the roll; bytes are base64url. Members this app does not know stay in it. */
export interface KeySlot extends JsonMap {
  readonly id: string;
  readonly kind: "passkey" | "code" | "device";
  readonly public: string;
  readonly key: string;
  /** Of a passkey. */
  readonly salt?: string;
  readonly site?: string;
  /** Of a passkey or the code. */
  readonly sealed?: string;
  /** What the person calls it: a sealed label (labels.ts). */
  readonly label?: string;
}

/** What opens a slot, and a slot is made for. The bytes are the caller's to wipe. */
export type PasskeyOpener = PasskeyOutput & { readonly kind: "passkey" };
export type CodeOpener = { readonly kind: "code"; readonly code: Bytes };
export type DeviceOpener = { readonly kind: "device"; readonly pair: KeyPair };

/** What a slot is to be made for; `label` is a sealed label. */
export type NewSlot = (PasskeyOpener | CodeOpener | { readonly kind: "device"; readonly public: Bytes }) & { readonly label?: string };

/** Where a slot stands. */
export interface SlotPlace {
  readonly space: SpaceId;
  readonly key: VaultKey;
  /** The public half of the vault's last signing key. */
  readonly signing: Bytes;
}

/** Make this device's pair; its private half can be stored in IndexedDB and read out by no script. */
export function makeDevicePair(): Promise<KeyPair> {
  return makeKeptPair("ECDH");
}

/** Make a slot, with a new pair unless a device brings its own. Throws NotAPoint. */
export async function makeSlot(made: NewSlot, place: SlotPlace): Promise<KeySlot> {
  const id = toBase64url(randomBytes(SLOT_ID_LENGTH));
  const label = made.label === undefined ? {} : { label: made.label };
  if (made.kind === "device") {
    return rekeySlot({ id, kind: "device", public: toBase64url(made.public), ...label, key: "" }, place);
  }
  const pair = await makePairToSeal("ECDH");
  const plain = join(pair.scalar, place.signing);
  try {
    const named = { id, public: toBase64url(pair.public), ...label };
    const kind =
      made.kind === "code" ? { kind: made.kind } : { kind: made.kind, salt: toBase64url(randomBytes(SALT_LENGTH)), site: made.site };
    const wrapping = await wrappingKeyOf(made, { ...named, ...kind }, place.space);
    const sealed = toBase64url(await sealBlob(wrapping, plain, contextOf(place.space, named)));
    return await rekeySlot({ ...named, ...kind, sealed, key: "" }, place);
  } finally {
    pair.scalar.fill(0);
    plain.fill(0);
  }
}

/** The same slot for another vault key. Its private half is not needed, and nothing else in it changes. Throws NotAPoint. */
export async function rekeySlot<S extends Pick<KeySlot, "id" | "public">>(
  slot: S,
  { space, key }: Omit<SlotPlace, "signing">,
): Promise<S & { key: string }> {
  return { ...slot, key: toBase64url(await sealTo(fromBase64url(slot.public), keyInfoOf(space, slot.id, key.id), key.bytes)) };
}

/** Read a slot; null where it is of a kind this app does not know, or malformed: then it stays as it is. */
export function readSlot(json: unknown): KeySlot | null {
  if (!isMap(json) || !isKeyed(json)) return null;
  const isSealed = isBytes(json.sealed, SEALED_LENGTH);
  if (json.kind === "device") return json as unknown as KeySlot;
  if (json.kind === "code") return isSealed ? (json as unknown as KeySlot) : null;
  const isPasskey = json.kind === "passkey" && isBytes(json.salt, SALT_LENGTH) && typeof json.site === "string";
  return isPasskey && isSealed ? (json as unknown as KeySlot) : null;
}

/** Whether a slot, of whatever kind, holds the vault key as all known kinds do. */
export function isKeyed(json: JsonMap): json is JsonMap & Pick<KeySlot, "id" | "public" | "key"> {
  return isBytes(json.id, SLOT_ID_LENGTH) && isBytes(json.public, POINT_LENGTH) && isBytes(json.key, SEALED_KEY_LENGTH);
}

/** A slot whose private half is at hand. */
export interface OpenedSlot {
  readonly slot: KeySlot;
  readonly pair: KeyPair;
  /** The signing key that the slot vouches for; a device's slot vouches for none. */
  readonly pinned: string | null;
}

/** Find the slot that this opens. Throws RollRefused `slot-not-here`, `slot-wrong-key`. */
export async function openSlot(
  slots: readonly KeySlot[],
  opener: PasskeyOpener | CodeOpener | DeviceOpener,
  space: SpaceId,
): Promise<OpenedSlot> {
  const fitting = slots.filter((slot) => slot.kind === opener.kind && (opener.kind !== "passkey" || slot.site === opener.site));
  if (opener.kind === "device") {
    const slot = fitting.find((each) => each.public === toBase64url(opener.pair.public));
    if (slot === undefined) throw new RollRefused("slot-not-here");
    return { slot, pair: opener.pair, pinned: null };
  }
  for (const slot of fitting) {
    const opened = await unsealSlot(slot, opener, space);
    if (opened !== null) return opened;
  }
  throw new RollRefused(fitting.length === 0 ? "slot-not-here" : "slot-wrong-key");
}

/** Take the vault key out of an opened slot. Throws RollRefused `roll-damaged`. */
export async function takeVaultKey({ slot, pair }: OpenedSlot, { space, keyId }: { space: SpaceId; keyId: KeyId }): Promise<VaultKey> {
  try {
    return vaultKeyOf(keyId, await openFrom(pair, keyInfoOf(space, slot.id, keyId), fromBase64url(slot.key)));
  } catch (cause) {
    if (cause instanceof NotOpened) throw new RollRefused("roll-damaged", { cause });
    throw cause;
  }
}

const SEALED_LENGTH = NONCE_LENGTH + SCALAR_LENGTH + POINT_LENGTH + TAG_LENGTH;
const SEALED_KEY_LENGTH = POINT_LENGTH + VAULT_KEY_LENGTH + TAG_LENGTH;

async function unsealSlot(slot: KeySlot, opener: PasskeyOpener | CodeOpener, space: SpaceId): Promise<OpenedSlot | null> {
  let plain: Bytes | undefined;
  try {
    const wrapping = await wrappingKeyOf(opener, slot, space);
    plain = await openBlob(wrapping, fromBase64url(slot.sealed ?? ""), contextOf(space, slot));
    const point = fromBase64url(slot.public);
    const privateKey = await importPrivate("ECDH", plain.subarray(0, SCALAR_LENGTH), point);
    return { slot, pair: { privateKey, public: point }, pinned: toBase64url(plain.subarray(SCALAR_LENGTH)) };
  } catch (cause) {
    if (cause instanceof NotOpened || cause instanceof NotAPoint) return null;
    throw cause;
  } finally {
    plain?.fill(0);
  }
}

function wrappingKeyOf(
  opener: PasskeyOpener | CodeOpener,
  slot: { readonly id: string; readonly salt?: string },
  space: SpaceId,
): Promise<CryptoKey> {
  if (opener.kind === "code") return deriveCodeKey(opener.code);
  return derivePasskeyKey({ output: opener.output, site: opener.site, salt: fromBase64url(slot.salt ?? ""), space, slot: slot.id });
}

function contextOf(space: SpaceId, slot: Pick<KeySlot, "id" | "public">): Bytes {
  return labelled("cairn/1/slot", space, slot.id, slot.public);
}

function keyInfoOf(space: SpaceId, slot: string, key: KeyId): Bytes {
  return labelled("cairn/1/slot/key", space, slot, key);
}
