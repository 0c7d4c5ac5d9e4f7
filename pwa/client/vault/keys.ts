/**
 * The vault key, and the keys that are derived from it for daily work.
 *
 * The vault key itself is in the page's memory only while it is made, put into a slot, or taken out of one: derive,
 * then `wipeVaultKey`. What is derived cannot be exported by any script.
 */
import { fromBase64url, type KeyId, makeKeyId, type RandomBytes, type SpaceId } from "../replica/ids.ts";
import { deriveSealingKey, labelled } from "./bytes.ts";

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
  /** For the names a person gives phones and passkeys. */
  readonly label: CryptoKey;
}

/** All vault keys of one space, once it has turned. What is new is sealed under the current one. */
export interface Keys {
  readonly current: VaultKeys;
  /** The keys that go by this id, if they are here. */
  of(keyId: KeyId): VaultKeys | undefined;
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
  const derive = (use: string) => deriveSealingKey(key.bytes, fromBase64url(space), labelled(use, key.id));
  const derived = [derive("cairn/1/record"), derive("cairn/1/local"), derive("cairn/1/label")] as const;
  const [record, local, label] = await Promise.all(derived);
  return { space, keyId: key.id, record, local, label };
}

/** Derive the keys of daily work for each vault key of a space; the vault keys can be wiped then. */
export async function openKeys({
  space,
  current,
  older,
}: {
  space: SpaceId;
  current: VaultKey;
  older: readonly VaultKey[];
}): Promise<Keys> {
  const [now, ...earlier] = await Promise.all([deriveKeys({ space, key: current }), ...older.map((key) => deriveKeys({ space, key }))]);
  const byId = new Map([...earlier, now].map((keys) => [keys.keyId, keys]));
  return { current: now, of: (keyId) => byId.get(keyId) };
}

/** Overwrite the bytes of a vault key that is no longer needed; the derived keys go on working. */
export function wipeVaultKey(key: VaultKey): void {
  key.bytes.fill(0);
}
