/**
 * The vault key, and the two keys that are derived from it for daily work.
 *
 * The vault key itself is in the page's memory only while it is made, put into a slot, or taken out of one: derive,
 * then `wipeVaultKey`. What is derived cannot be exported by any script.
 */
import { fromBase64url, type KeyId, makeKeyId, type RandomBytes, type SpaceId } from "../replica/ids.ts";

export const VAULT_KEY_LENGTH = 32;

declare const vaultKeyBrand: unique symbol;

/** 32 random bytes that open everything in one vault, and the random id that headers know them by. */
export interface VaultKey {
  readonly id: KeyId;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly [vaultKeyBrand]: true;
}

/** What seals and opens within one space under one vault key; both keys are AES-256-GCM and non-extractable. */
export interface VaultKeys {
  readonly space: SpaceId;
  readonly keyId: KeyId;
  /** For revisions, which travel. */
  readonly record: CryptoKey;
  /** For drafts and snapshots, which never leave this phone. */
  readonly local: CryptoKey;
}

/** Make a new vault key. `random` must be unpredictable. */
export function makeVaultKey(random: RandomBytes): VaultKey {
  return vaultKeyOf(makeKeyId(random), Uint8Array.from(random(VAULT_KEY_LENGTH)));
}

/** Put together a vault key from its id and its 32 bytes, which it keeps and does not copy. */
export function vaultKeyOf(id: KeyId, bytes: Uint8Array<ArrayBuffer>): VaultKey {
  return { id, bytes } as VaultKey;
}

/** Derive the keys of daily work: HKDF-SHA256 (RFC 5869), salt = space, info = use ‖ key id. */
export async function deriveKeys({ space, key }: { space: SpaceId; key: VaultKey }): Promise<VaultKeys> {
  const base = await crypto.subtle.importKey("raw", key.bytes, "HKDF", false, ["deriveKey"]);
  const salt = fromBase64url(space);
  const keyId = fromBase64url(key.id);
  const [record, local] = await Promise.all([
    deriveFor("cairn/1/record", base, salt, keyId),
    deriveFor("cairn/1/local", base, salt, keyId),
  ]);
  return { space, keyId: key.id, record, local };
}

/** Overwrite the bytes of a vault key that is no longer needed; the derived keys go on working. */
export function wipeVaultKey(key: VaultKey): void {
  key.bytes.fill(0);
}

function deriveFor(
  use: "cairn/1/record" | "cairn/1/local",
  base: CryptoKey,
  salt: Uint8Array<ArrayBuffer>,
  keyId: Uint8Array,
): Promise<CryptoKey> {
  const info = Uint8Array.from([...new TextEncoder().encode(use), ...keyId]);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info }, base, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
}
