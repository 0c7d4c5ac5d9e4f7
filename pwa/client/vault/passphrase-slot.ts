/**
 * The slot for words of one's own, asked for at each opening: for who locks the app with words, and for browsers that do
 * not store a device key (WebKit in its private and lockdown modes).
 *
 *     wrapping key = PBKDF2-SHA256(words, salt, 600,000 iterations), AES-256-GCM
 *
 * The count is OWASP's for PBKDF2-HMAC-SHA256, https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
import { fromBase64url, type KeyId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { type Bytes, labelled } from "./bytes.ts";
import type { VaultKey } from "./keys.ts";
import { ITERATIONS } from "./parse-slot.ts";
import { randomBytes } from "./random.ts";
import { type PassphraseSlot, SALT_LENGTH } from "./slot.ts";
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

/** Seals vault keys to words that were stretched: any number of them, without asking for the words again. */
export type SealToWords = (vaultKey: VaultKey, space: SpaceId) => Promise<PassphraseSlot>;

/** Stretch words that are to open slots. Slow on purpose. Throws EmptyPassphrase. */
export async function sealerForPassphrase(words: string): Promise<SealToWords> {
  const plainWords = normalise(words);
  if (plainWords === "") throw new EmptyPassphrase("No words were given.");
  const stretching = { salt: toBase64url(randomBytes(SALT_LENGTH)), iterations: ITERATIONS.least };
  return sealerOf(await stretch(plainWords, stretching), stretching);
}

/** Take the vault key of `slot.space` out again, and what seals to those words again. Throws DamagedSlot, WrongPassphrase. */
export async function openPassphraseSlot(
  words: string,
  slot: PassphraseSlot,
): Promise<{ readonly vaultKey: VaultKey; readonly seal: SealToWords }> {
  const context = contextOf(slot);
  await verifyUndamaged(slot, context);
  const plainWords = normalise(words);
  if (plainWords === "") throw new WrongPassphrase("No words were given.");
  const wrappingKey = await stretch(plainWords, slot);
  const vaultKey = await unwrapVaultKey(wrappingKey, slot, context);
  if (vaultKey === null) throw new WrongPassphrase("The words do not open the slot.");
  return { vaultKey, seal: sealerOf(wrappingKey, { salt: slot.salt, iterations: slot.iterations }) };
}

function sealerOf(wrappingKey: CryptoKey, stretching: Stretching): SealToWords {
  return async (vaultKey, space) => {
    const wrapped = await wrapVaultKey(wrappingKey, vaultKey, contextOf({ space, key: vaultKey.id, ...stretching }));
    return { format: 1, kind: "passphrase", space, ...stretching, ...wrapped };
  };
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
