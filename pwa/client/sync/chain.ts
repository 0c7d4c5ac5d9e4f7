/**
 * The chain over the ids of a space, as the server folds it:
 *
 *   chain n = SHA-256(chain n-1 ‖ id n),  chain 0 = SHA-256(space)
 */
import { fromBase64url } from "../replica/ids.ts";
import { type Bytes, join, sha256 } from "../vault/bytes.ts";

export const HASH_BYTES = 32;

/** The chain of a space before its first revision. */
export async function firstChain(space: string): Promise<Bytes> {
  return sha256(fromBase64url(space));
}

/** Fold ids, one behind the other, into a chain. */
export async function fold(chain: Bytes, ids: Bytes): Promise<Bytes> {
  let folded = chain;
  for (let at = 0; at < ids.length; at += HASH_BYTES) folded = await sha256(join(folded, ids.subarray(at, at + HASH_BYTES)));
  return folded;
}

/** Ids as bytes, one behind the other. */
export function idBytes(ids: readonly string[]): Bytes {
  const bytes = new Uint8Array(ids.length * HASH_BYTES);
  for (const [i, id] of ids.entries()) bytes.set(fromBase64url(id), i * HASH_BYTES);
  return bytes;
}
