/**
 * A blob: bytes sealed under one key, bound to the context they belong in.
 *
 *     blob = nonce (12) ‖ AES-256-GCM(key, nonce, plain, associated data = context), its tag of 16 bytes at the end
 *
 * The nonce is random and made here, so that no caller can use one twice. NIST SP 800-38D §8.3 allows 2³² random
 * nonces a key; a diary of a hundred writes a day needs some 117,000 years for that.
 */
import { randomBytes } from "./random.ts";

export const NONCE_LENGTH = 12;
export const TAG_LENGTH = 16;

export type NotOpenedCode =
  /** The bytes are not those that the id names. */
  | "wrong-id"
  /** The header names another space than the one these keys are for. */
  | "wrong-space"
  /** The header names another key: these bytes may open once that key is here. */
  | "wrong-key"
  /** The key is the one named, and yet the bytes do not open: cut, altered, or put under another header or name. */
  | "damaged";

/** Sealed bytes that do not open. Only `wrong-key` can heal by waiting. */
export class NotOpened extends Error {
  override readonly name = "NotOpened";
  readonly code: NotOpenedCode;

  constructor(code: NotOpenedCode, options?: ErrorOptions) {
    super(`The sealed bytes do not open: ${code}.`, options);
    this.code = code;
  }
}

/** Seal `plain`; only the same key and the same `context` open it again. The blob is 28 bytes longer. */
export async function sealBlob(
  key: CryptoKey,
  plain: Uint8Array<ArrayBuffer>,
  context: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = randomBytes(NONCE_LENGTH);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: context }, key, plain);
  const blob = new Uint8Array(NONCE_LENGTH + sealed.byteLength);
  blob.set(nonce);
  blob.set(new Uint8Array(sealed), NONCE_LENGTH);
  return blob;
}

/** Open what `sealBlob` sealed. Throws NotOpened `damaged` for any other key, context or bytes. */
export async function openBlob(
  key: CryptoKey,
  blob: Uint8Array<ArrayBuffer>,
  context: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = blob.subarray(0, NONCE_LENGTH);
  const sealed = blob.subarray(NONCE_LENGTH);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: context }, key, sealed));
  } catch (cause) {
    throw new NotOpened("damaged", { cause });
  }
}
