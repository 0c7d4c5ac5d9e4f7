/**
 * The sealed vault key inside a slot.
 *
 *     wrapped = nonce ‖ AES-256-GCM(wrapping key, vault key, associated data = context)
 *     check   = SHA-256(context ‖ wrapped)
 *
 * `context` is everything else that the slot says. The check holds no secret; it is there because AES-GCM cannot
 * tell a wrong key from damaged bytes, and a person whose slot is damaged must not be asked for their words for ever.
 */
import { fromBase64url, type KeyId, toBase64url } from "../replica/ids.ts";
import { NotOpened, openBlob, sealBlob } from "./blob.ts";
import { type VaultKey, vaultKeyOf } from "./keys.ts";
import { DamagedSlot } from "./slot.ts";

export interface WrappedKey {
  readonly key: KeyId;
  readonly wrapped: string;
  readonly check: string;
}

/** Seal the vault key to a wrapping key (AES-256-GCM). */
export async function wrapVaultKey(wrappingKey: CryptoKey, vaultKey: VaultKey, context: Uint8Array<ArrayBuffer>): Promise<WrappedKey> {
  const wrapped = toBase64url(await sealBlob(wrappingKey, vaultKey.bytes, context));
  return { key: vaultKey.id, wrapped, check: await checkOf(wrapped, context) };
}

/** See that a slot is as it was made. Throws DamagedSlot. */
export async function verifyUndamaged(slot: WrappedKey, context: Uint8Array<ArrayBuffer>): Promise<void> {
  if ((await checkOf(slot.wrapped, context)) !== slot.check) throw new DamagedSlot("The check does not agree.");
}

/** Open an undamaged slot; null when it was sealed to another wrapping key. */
export async function unwrapVaultKey(wrappingKey: CryptoKey, slot: WrappedKey, context: Uint8Array<ArrayBuffer>): Promise<VaultKey | null> {
  try {
    return vaultKeyOf(slot.key, await openBlob(wrappingKey, fromBase64url(slot.wrapped), context));
  } catch (cause) {
    if (cause instanceof NotOpened) return null;
    throw cause;
  }
}

async function checkOf(wrapped: string, context: Uint8Array<ArrayBuffer>): Promise<string> {
  const checked = Uint8Array.from([...context, ...fromBase64url(wrapped)]);
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", checked)));
}
