/**
 * SHA-256, as ids and chain are made with it:
 *
 *   id      = SHA-256(header ‖ SHA-256(blob))
 *   chain n = SHA-256(chain n-1 ‖ id n),  chain 0 = SHA-256(space)
 *
 * A stub proves its id by header and blob's hash alone.
 */
import { fromBase64url, toBase64url } from "../replica/ids.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

export const HASH_BYTES = 32;

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The id of a revision by its header and the hash of its blob. */
export async function idOf(header: Bytes, blobHash: Bytes): Promise<string> {
  return toBase64url(await sha256(joined(header, blobHash)));
}

/** The chain of a space before its first revision. */
export async function firstChain(space: string): Promise<Bytes> {
  return sha256(fromBase64url(space));
}

/** Fold ids, one behind the other, into a chain. */
export async function fold(chain: Bytes, ids: Bytes): Promise<Bytes> {
  let folded = chain;
  for (let at = 0; at < ids.length; at += HASH_BYTES) folded = await sha256(joined(folded, ids.subarray(at, at + HASH_BYTES)));
  return folded;
}

/** Ids as bytes, one behind the other. */
export function idBytes(ids: readonly string[]): Bytes {
  const bytes = new Uint8Array(ids.length * HASH_BYTES);
  for (const [i, id] of ids.entries()) bytes.set(fromBase64url(id), i * HASH_BYTES);
  return bytes;
}

function joined(one: Uint8Array, other: Uint8Array): Bytes {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
