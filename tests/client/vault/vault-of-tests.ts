/** A vault as any test can have one: real chance, and the parts that node:crypto needs to judge it. */
import { encodeHeader, type Header } from "../../../pwa/client/replica/header.ts";
import { makeRecordId, makeSpaceId, type RecordId, type RevisionId, type SpaceId } from "../../../pwa/client/replica/ids.ts";
import { deriveKeys, makeVaultKey, type VaultKey, type VaultKeys } from "../../../pwa/client/vault/keys.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";

export interface TestVault {
  readonly space: SpaceId;
  readonly key: VaultKey;
  readonly keys: VaultKeys;
}

/** Make a vault; `like` gives the space or the key that it has in common with another. */
export async function makeVault(like: Partial<Pick<TestVault, "space" | "key">> = {}): Promise<TestVault> {
  const { space = makeSpaceId(randomBytes), key = makeVaultKey(randomBytes) } = like;
  return { space, key, keys: await deriveKeys({ space, key }) };
}

/** Write the header of an edit in this vault. */
export function headerIn(
  { space, key }: Pick<TestVault, "space" | "key">,
  { record = makeRecordId(randomBytes), parents = [] }: { record?: RecordId; parents?: readonly RevisionId[] } = {},
): Uint8Array<ArrayBuffer> {
  const header: Header = { format: 1, kind: "edit", owner: "vault", space, record, keyId: key.id, parents };
  return encodeHeader(header);
}

/** Give a copy with one bit of one byte turned over; `place` may be any number. */
export function withOneBitFlipped(bytes: Uint8Array, place: number): Uint8Array<ArrayBuffer> {
  const flipped = Uint8Array.from(bytes);
  const bit = place % (bytes.length * 8);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
