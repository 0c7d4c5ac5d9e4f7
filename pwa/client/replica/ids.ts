/**
 * Ids: fixed numbers of bytes, held in memory as base64url text without padding (RFC 4648 §5).
 *
 * One id has exactly one spelling. Text whose unused last bits are not zero is refused, so two
 * different texts are always two different ids. Brands keep the kinds apart for the compiler.
 */

declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** One thing a person made: 32 bytes. */
export type RecordId = Id<"RecordId">;
/** One immutable revision of a record, SHA-256 of its content: 32 bytes. */
export type RevisionId = Id<"RevisionId">;
/** A vault or a group: 16 bytes. */
export type SpaceId = Id<"SpaceId">;
/** A vault's or group's key: 16 bytes. */
export type KeyId = Id<"KeyId">;
/** A member who signs a revision in a group: 16 bytes. */
export type Author = Id<"Author">;
/** One opening of the database by one app: 12 bytes, never stored for later use. */
export type Writer = Id<"Writer">;

/** Gives that many random bytes. */
export type RandomBytes = (count: number) => Uint8Array;

export const BYTES = { record: 32, revision: 32, space: 16, key: 16, author: 16, writer: 12 };

export type MalformedIdCode = "not-base64url" | "wrong-length";

/** Text that is no id. */
export class MalformedId extends Error {
  override readonly name = "MalformedId";
  readonly code: MalformedIdCode;

  constructor(code: MalformedIdCode) {
    super(code);
    this.code = code;
  }
}

export const makeRecordId = (random: RandomBytes) => make<RecordId>(random, BYTES.record);
export const makeSpaceId = (random: RandomBytes) => make<SpaceId>(random, BYTES.space);
export const makeKeyId = (random: RandomBytes) => make<KeyId>(random, BYTES.key);
export const makeWriter = (random: RandomBytes) => make<Writer>(random, BYTES.writer);

/* Each takes text from outside and gives the id, or throws MalformedId. */
export const parseRecordId = (text: string) => parse<RecordId>(text, BYTES.record);
export const parseRevisionId = (text: string) => parse<RevisionId>(text, BYTES.revision);
export const parseSpaceId = (text: string) => parse<SpaceId>(text, BYTES.space);
export const parseKeyId = (text: string) => parse<KeyId>(text, BYTES.key);
export const parseAuthor = (text: string) => parse<Author>(text, BYTES.author);
export const parseWriter = (text: string) => parse<Writer>(text, BYTES.writer);

const WRITER = /^[A-Za-z0-9_-]{16}$/;

/** Whether this text is a writer's id. Twelve bytes fill sixteen signs, so no bits are left over. */
export function isWriter(text: string): text is Writer {
  return WRITER.test(text);
}

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NO_SIGN = 255;
const SIGN_VALUES = new Uint8Array(128).fill(NO_SIGN);
for (let value = 0; value < SIGNS.length; value++) SIGN_VALUES[SIGNS.charCodeAt(value)] = value;

/** Bytes as base64url text without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += SIGNS.charAt((held >> bits) & 63);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + SIGNS.charAt((held << (6 - bits)) & 63) : text;
}

/** The bytes of base64url text without padding; throws MalformedId for any other spelling. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) throw new MalformedId("not-base64url");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let filled = 0;
  for (let at = 0; at < text.length; at++) {
    const value = SIGN_VALUES[text.charCodeAt(at)] ?? NO_SIGN;
    if (value === NO_SIGN) throw new MalformedId("not-base64url");
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[filled++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  if (held !== 0) throw new MalformedId("not-base64url");
  return bytes;
}

function make<Kind extends Id<string>>(random: RandomBytes, count: number): Kind {
  return toBase64url(random(count)) as Kind;
}

function parse<Kind extends Id<string>>(text: string, count: number): Kind {
  if (fromBase64url(text).length !== count) throw new MalformedId("wrong-length");
  return text as Kind;
}
