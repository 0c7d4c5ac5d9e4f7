/**
 * The slot of this device: opened by a key that the browser keeps in its database and hands to no script, so that
 * the diary opens at once, offline, without a question.
 */
import type { KeyId, SpaceId } from "../replica/ids.ts";
import { type Bytes, labelled } from "./bytes.ts";
import type { VaultKey } from "./keys.ts";
import type { DeviceSlot } from "./slot.ts";
import { unwrapVaultKey, verifyUndamaged, wrapVaultKey } from "./wrapped-key.ts";

/** An undamaged slot and a device key that do not belong together. */
export class WrongDeviceKey extends Error {
  override readonly name = "WrongDeviceKey";
  readonly code = "wrong-device-key";
}

/** Make this device's key: AES-256-GCM, non-extractable. Where it cannot be stored, use a passphrase slot. */
export function makeDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Seal the vault key of `space` to this device. */
export async function wrapForDevice(deviceKey: CryptoKey, vaultKey: VaultKey, space: SpaceId): Promise<DeviceSlot> {
  const wrapped = await wrapVaultKey(deviceKey, vaultKey, contextOf(space, vaultKey.id));
  return { format: 1, kind: "device", space, ...wrapped };
}

/** Take the vault key of `slot.space` out again. Throws DamagedSlot, WrongDeviceKey. */
export async function unwrapForDevice(deviceKey: CryptoKey, slot: DeviceSlot): Promise<VaultKey> {
  const context = contextOf(slot.space, slot.key);
  await verifyUndamaged(slot, context);
  const vaultKey = await unwrapVaultKey(deviceKey, slot, context);
  if (vaultKey === null) throw new WrongDeviceKey("The slot is sealed to another device key.");
  return vaultKey;
}

function contextOf(space: SpaceId, key: KeyId): Bytes {
  return labelled("cairn/1/slot/device", space, key);
}
