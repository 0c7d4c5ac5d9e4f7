/**
 * Key pairs of P-256, as bytes: a private half is its scalar (32 bytes), a public half its uncompressed point (65).
 *
 * WebCrypto takes no bare scalar. PKCS8 with the public half inside is the one form that Chromium, Firefox and
 * WebKit all read and write (RFC 5208, RFC 5915); of P-256 it is 138 bytes with the scalar and the point in fixed
 * places. So a private half never stands in a string, as it would in a JWK, and can be wiped.
 */
import { type Bytes, join } from "./bytes.ts";

export const SCALAR_LENGTH = 32;
export const POINT_LENGTH = 65;
export const SIGNATURE_LENGTH = 64;

/** What a pair is for: opening what was sealed to it, or signing. */
export type Use = "ECDH" | "ECDSA";

export interface KeyPair {
  readonly privateKey: CryptoKey;
  /** The public half, a point. */
  readonly public: Bytes;
}

/** Bytes that are no point of the curve. */
export class NotAPoint extends Error {
  override readonly name = "NotAPoint";
  readonly code = "not-a-point";
}

/** Make a pair whose private half no script can read out. */
export function makeKeptPair(use: Use): Promise<KeyPair> {
  return makePair(use, false);
}

/** Make a pair, and give its scalar too: seal it at once, and wipe it. */
export async function makePairToSeal(use: Use): Promise<KeyPair & { readonly scalar: Bytes }> {
  const extractable = await makePair(use, true);
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", extractable.privateKey));
  const scalar = pkcs8.slice(BEFORE_SCALAR.length, BEFORE_SCALAR.length + SCALAR_LENGTH);
  pkcs8.fill(0);
  return { privateKey: await importPrivate(use, scalar, extractable.public), public: extractable.public, scalar };
}

/** The private half of this scalar and point, non-extractable. Throws NotAPoint where they are no pair. */
export async function importPrivate(use: Use, scalar: Uint8Array, point: Uint8Array): Promise<CryptoKey> {
  const pkcs8 = join(BEFORE_SCALAR, scalar, BEFORE_POINT, point);
  try {
    return await crypto.subtle.importKey("pkcs8", pkcs8, { name: use, namedCurve: "P-256" }, false, usagesOf(use));
  } catch (cause) {
    throw new NotAPoint("No key pair of P-256.", { cause });
  } finally {
    pkcs8.fill(0);
  }
}

/** The public half of this point. Throws NotAPoint. */
export async function importPublic(use: Use, point: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", point, { name: use, namedCurve: "P-256" }, true, use === "ECDH" ? [] : ["verify"]);
  } catch (cause) {
    throw new NotAPoint("No point of P-256.", { cause });
  }
}

/** ECDSA with SHA-256; gives r ‖ s. */
export async function sign(privateKey: CryptoKey, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(SIGNING, privateKey, message));
}

/** Whether `signature` (r ‖ s) over `message` was made with the private half of this point. */
export async function isSigned(point: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  try {
    return await crypto.subtle.verify(SIGNING, await importPublic("ECDSA", point), signature, message);
  } catch (cause) {
    if (cause instanceof NotAPoint) return false;
    throw cause;
  }
}

const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;

/** PrivateKeyInfo { 0, { id-ecPublicKey, prime256v1 }, ECPrivateKey { 1, scalar, [1] point } } */
const BEFORE_SCALAR = Uint8Array.from([
  ...[0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
  ...[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20],
]);
const BEFORE_POINT = Uint8Array.from([0xa1, 0x44, 0x03, 0x42, 0x00]);

async function makePair(use: Use, extractable: boolean): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: use, namedCurve: "P-256" }, extractable, usagesOf(use));
  return { privateKey: pair.privateKey, public: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

function usagesOf(use: Use): ("deriveBits" | "sign" | "verify")[] {
  return use === "ECDH" ? ["deriveBits"] : ["sign"];
}
