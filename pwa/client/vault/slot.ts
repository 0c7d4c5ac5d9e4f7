/**
 * A key slot: the vault key, sealed so that one particular thing opens it. Plain JSON, kept as it is.
 *
 * Here is its form only. `device-slot.ts` and `passphrase-slot.ts` make and open one kind each.
 */
import { NewerFormat } from "../replica/header.ts";
import { fromBase64url, type KeyId, parseKeyId, parseSpaceId, type SpaceId } from "../replica/ids.ts";
import { NONCE_LENGTH, TAG_LENGTH } from "./blob.ts";
import { VAULT_KEY_LENGTH } from "./keys.ts";

export const SALT_LENGTH = 16;

/** Fewer would make guessing cheap, more would hold up a small phone for half a minute: neither is a slot of ours. */
export const ITERATIONS = { least: 600_000, most: 10_000_000 } as const;

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

export type Slot = DeviceSlot | PassphraseSlot;

/** A slot with a part missing, malformed or altered. */
export class DamagedSlot extends Error {
  override readonly name = "DamagedSlot";
  readonly code = "damaged-slot";
}

/** Read a slot from what JSON.parse or a database gave. Throws DamagedSlot; NewerFormat, to be left as it is. */
export function parseSlot(json: unknown): Slot {
  const parts = partsOf(json);
  checkFormat(parts.get("format"));
  const kind = parts.get("kind");
  if (kind === "device") return { ...parseAnySlot(parts), kind };
  if (kind === "passphrase") {
    const salt = parseBytes(parts.get("salt"), SALT_LENGTH);
    return { ...parseAnySlot(parts), kind, salt, iterations: parseIterations(parts.get("iterations")) };
  }
  throw new DamagedSlot("No such kind of slot.");
}

function parseAnySlot(parts: ReadonlyMap<string, unknown>): AnySlot {
  return {
    format: FORMAT,
    space: parseId(parts.get("space"), parseSpaceId),
    key: parseId(parts.get("key"), parseKeyId),
    wrapped: parseBytes(parts.get("wrapped"), WRAPPED_LENGTH),
    check: parseBytes(parts.get("check"), CHECK_LENGTH),
  };
}

function partsOf(json: unknown): ReadonlyMap<string, unknown> {
  if (typeof json !== "object" || json === null) throw new DamagedSlot("A slot is an object.");
  return new Map(Object.entries(json));
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

function parseBytes(text: unknown, length: number): string {
  if (typeof text !== "string") throw new DamagedSlot("Bytes are missing.");
  if (bytesOf(text).length !== length) throw new DamagedSlot(`Bytes are not ${length} long.`);
  return text;
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch (cause) {
    throw new DamagedSlot("Bytes are malformed.", { cause });
  }
}

function parseIterations(count: unknown): number {
  if (typeof count !== "number" || !Number.isSafeInteger(count)) throw new DamagedSlot("Iterations are missing.");
  if (count < ITERATIONS.least || count > ITERATIONS.most) throw new DamagedSlot("Iterations are out of range.");
  return count;
}
