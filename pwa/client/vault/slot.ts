/**
 * A key slot: the vault key, sealed so that one particular thing opens it. Plain JSON, kept as it is.
 *
 * Here is its form only, and how the one is read that opens at once; `parse-slot.ts` reads the others. `device-slot.ts`,
 * `passphrase-slot.ts` and `passkey-slot.ts` make and open one kind each.
 */
import { NewerFormat } from "../replica/header.ts";
import { fromBase64url, type KeyId, parseKeyId, parseSpaceId, type SpaceId } from "../replica/ids.ts";
import { NONCE_LENGTH, TAG_LENGTH } from "./blob.ts";
import { VAULT_KEY_LENGTH } from "./keys.ts";

export const SALT_LENGTH = 16;
export const SLOT_ID_LENGTH = 16;

const FORMAT = 1;
const WRAPPED_LENGTH = NONCE_LENGTH + VAULT_KEY_LENGTH + TAG_LENGTH;
const CHECK_LENGTH = 32;

interface AnySlot {
  readonly format: typeof FORMAT;
  readonly space: SpaceId;
  /** The id of the vault key inside. */
  readonly key: KeyId;
  /** The sealed vault key, base64url. */
  readonly wrapped: string;
  /** SHA-256 over all of the slot, base64url: tells a damaged slot from a wrong key. */
  readonly check: string;
}

/** Opened by a key that this browser keeps and gives to no script. */
export interface DeviceSlot extends AnySlot {
  readonly kind: "device";
}

/** Opened by words that the person chose. */
export interface PassphraseSlot extends AnySlot {
  readonly kind: "passphrase";
  /** 16 random bytes, base64url. */
  readonly salt: string;
  readonly iterations: number;
}

/** Opened by a passkey that makes a key; asks no server. */
export interface PasskeySlot extends AnySlot {
  readonly kind: "passkey";
  /** 16 random bytes each, base64url. */
  readonly id: string;
  readonly salt: string;
  /** The relying party's id. */
  readonly site: string;
  /** What the passkey is known by, base64url. */
  readonly credential: string;
}

export type Slot = DeviceSlot | PassphraseSlot | PasskeySlot;

/** A slot with a part missing, malformed or altered. */
export class DamagedSlot extends Error {
  override readonly name = "DamagedSlot";
  readonly code = "damaged-slot";
}

/** Read a device slot from what JSON.parse or a database gave. Throws DamagedSlot; NewerFormat, to be left as it is. */
export function parseDeviceSlot(json: unknown): DeviceSlot {
  const parts = partsOf(json);
  if (parts.get("kind") !== "device") throw new DamagedSlot("No such kind of slot.");
  return { ...parseAnySlot(parts), kind: "device" };
}

/** The parts of a slot of a known format. Throws as `parseDeviceSlot`. */
export function partsOf(json: unknown): ReadonlyMap<string, unknown> {
  if (typeof json !== "object" || json === null) throw new DamagedSlot("A slot is an object.");
  const parts = new Map(Object.entries(json));
  checkFormat(parts.get("format"));
  return parts;
}

/** Read what every kind has. Throws DamagedSlot. */
export function parseAnySlot(parts: ReadonlyMap<string, unknown>): AnySlot {
  return {
    format: FORMAT,
    space: parseId(parts.get("space"), parseSpaceId),
    key: parseId(parts.get("key"), parseKeyId),
    wrapped: parseBytes(parts.get("wrapped"), WRAPPED_LENGTH),
    check: parseBytes(parts.get("check"), CHECK_LENGTH),
  };
}

function checkFormat(format: unknown): void {
  if (format === FORMAT) return;
  if (typeof format === "number" && Number.isSafeInteger(format) && format > FORMAT) throw new NewerFormat(format);
  throw new DamagedSlot("No such format of slot.");
}

function parseId<Id>(text: unknown, parse: (text: string) => Id): Id {
  if (typeof text !== "string") throw new DamagedSlot("An id is missing.");
  try {
    return parse(text);
  } catch (cause) {
    throw new DamagedSlot("An id is malformed.", { cause });
  }
}

/** Bytes of that length, as text. Throws DamagedSlot. */
export function parseBytes(text: unknown, length: number): string {
  if (typeof text !== "string") throw new DamagedSlot("Bytes are missing.");
  if (bytesOf(text).length !== length) throw new DamagedSlot(`Bytes are not ${length} long.`);
  return text;
}

/** The bytes of a text. Throws DamagedSlot. */
export function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch (cause) {
    throw new DamagedSlot("Bytes are malformed.", { cause });
  }
}
