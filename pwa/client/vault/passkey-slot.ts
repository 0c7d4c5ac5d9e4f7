/**
 * The slot for a passkey on this phone, which asks no server: for who locks the app with it.
 *
 *     wrapping key = that of a passkey's slot in the roll (passkey-key.ts), with this slot's own id and salt
 */
import { fromBase64url, toBase64url } from "../replica/ids.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { type Bytes, labelled, sha256 } from "./bytes.ts";
import type { VaultKey } from "./keys.ts";
import { derivePasskeyKey, type PasskeyOutput } from "./passkey-key.ts";
import { randomBytes } from "./random.ts";
import { type PasskeySlot, SALT_LENGTH, SLOT_ID_LENGTH } from "./slot.ts";
import { unwrapVaultKey, verifyUndamaged, wrapVaultKey } from "./wrapped-key.ts";

/** A passkey that does not open this undamaged slot. */
export class WrongPasskey extends Error {
  override readonly name = "WrongPasskey";
  readonly code = "wrong-passkey";
}

/** Seal the vault key of `space` to a passkey, known by its credential's id (base64url). */
export async function wrapForPasskey(
  { output, site, credential }: PasskeyOutput & Pick<PasskeySlot, "credential">,
  vaultKey: VaultKey,
  space: PasskeySlot["space"],
): Promise<PasskeySlot> {
  const [id, salt] = [toBase64url(randomBytes(SLOT_ID_LENGTH)), toBase64url(randomBytes(SALT_LENGTH))];
  const place = { space, id, salt, site, credential };
  const wrapped = await wrapVaultKey(await wrappingKeyOf(output, place), vaultKey, await contextOf({ ...place, key: vaultKey.id }));
  return { format: 1, kind: "passkey", ...place, ...wrapped };
}

/** Take the vault key of `slot.space` out again, by what the passkey answered. Throws DamagedSlot, WrongPasskey. */
export async function unwrapForPasskey(output: Bytes, slot: PasskeySlot): Promise<VaultKey> {
  const context = await contextOf(slot);
  await verifyUndamaged(slot, context);
  const vaultKey = await unwrapVaultKey(await wrappingKeyOf(output, slot), slot, context);
  if (vaultKey === null) throw new WrongPasskey("The passkey does not open the slot.");
  return vaultKey;
}

type Place = Pick<PasskeySlot, "space" | "id" | "salt" | "site" | "credential">;

function wrappingKeyOf(output: Bytes, { site, salt, space, id }: Place): Promise<CryptoKey> {
  return derivePasskeyKey({ output, site, salt: fromBase64url(salt), space, slot: id });
}

async function contextOf({ space, key, id, salt, site, credential }: Place & Pick<PasskeySlot, "key">): Promise<Bytes> {
  return labelled("cairn/1/slot/passkey-here", space, key, id, salt, await sha256(toUtf8(site)), credential);
}
