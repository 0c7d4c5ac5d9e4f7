/** Bytes put one after another: what the pages of the format write as `‖`. */
import { fromBase64url } from "../replica/ids.ts";
import { toUtf8 } from "../replica/utf8.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Put parts one after another. */
export function join(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Put a label (ASCII) before parts; a part that is text is an id in base64url. */
export function labelled(label: string, ...parts: readonly (Uint8Array | string)[]): Bytes {
  return join(toUtf8(label), ...parts.map((part) => (typeof part === "string" ? fromBase64url(part) : part)));
}

/** SHA-256 of these bytes. */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** HKDF-SHA256 (RFC 5869): a key for sealing, AES-256-GCM, non-extractable. */
export async function deriveSealingKey(secret: Bytes, salt: Bytes, info: Bytes): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const aes = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info }, base, aes, false, ["encrypt", "decrypt"]);
}
