/**
 * The slot for words of one's own, asked for at each opening: for browsers that do not store a device key (WebKit in
 * its private and lockdown modes).
 *
 *     wrapping key = PBKDF2-SHA256(words, salt, 600,000 iterations), AES-256-GCM
 *
 * The count is OWASP's for PBKDF2-HMAC-SHA256, https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
import { fromBase64url, type KeyId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { type Bytes, labelled } from "./bytes.ts";
import type { VaultKey } from "./keys.ts";
import { randomBytes } from "./random.ts";
import { ITERATIONS, type PassphraseSlot, SALT_LENGTH } from "./slot.ts";
import { unwrapVaultKey, verifyUndamaged, wrapVaultKey } from "./wrapped-key.ts";

/** Words that do not open this undamaged slot. */
export class WrongPassphrase extends Error {
  override readonly name = "WrongPassphrase";
  readonly code = "wrong-passphrase";
}

/** Nothing but spaces where words were asked for. */
export class EmptyPassphrase extends Error {
  override readonly name = "EmptyPassphrase";
  readonly code = "empty-passphrase";
}

/** Seal the vault key of `space` to `words`. Slow on purpose. Throws EmptyPassphrase. */
export async function wrapForPassphrase(words: string, vaultKey: VaultKey, space: SpaceId): Promise<PassphraseSlot> {
  const plainWords = normalise(words);
  if (plainWords === "") throw new EmptyPassphrase("No words were given.");
  const stretching = { salt: toBase64url(randomBytes(SALT_LENGTH)), iterations: ITERATIONS.least };
  const wrappingKey = await stretch(plainWords, stretching);
  const wrapped = await wrapVaultKey(wrappingKey, vaultKey, contextOf({ space, key: vaultKey.id, ...stretching }));
  return { format: 1, kind: "passphrase", space, ...stretching, ...wrapped };
}

/** Take the vault key of `slot.space` out again. Throws DamagedSlot, WrongPassphrase. */
export async function unwrapForPassphrase(words: string, slot: PassphraseSlot): Promise<VaultKey> {
  const context = contextOf(slot);
  await verifyUndamaged(slot, context);
  const plainWords = normalise(words);
  if (plainWords === "") throw new WrongPassphrase("No words were given.");
  const vaultKey = await unwrapVaultKey(await stretch(plainWords, slot), slot, context);
  if (vaultKey === null) throw new WrongPassphrase("The words do not open the slot.");
  return vaultKey;
}

type Stretching = Pick<PassphraseSlot, "salt" | "iterations">;

/** Phones add spaces, and write one letter in several ways: the same words must give the same bytes. */
function normalise(words: string): string {
  return words.normalize("NFKC").trim().replace(/\s+/g, " ");
}

async function stretch(words: string, { salt, iterations }: Stretching): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(words), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: fromBase64url(salt), iterations },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function contextOf(slot: { readonly space: SpaceId; readonly key: KeyId } & Stretching): Bytes {
  const iterations = new Uint8Array(4);
  new DataView(iterations.buffer).setUint32(0, slot.iterations);
  return labelled("cairn/1/slot/passphrase", slot.space, slot.key, slot.salt, iterations);
}
