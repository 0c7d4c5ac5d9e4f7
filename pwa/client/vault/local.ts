/**
 * Sealing what never leaves this phone: drafts and snapshots.
 *
 *     blob = nonce ‖ AES-256-GCM(local key, bytes, associated data = the name it is kept under, UTF-8)
 *
 * The name is bound in, so that one draft cannot be put in the place of another. The size is not padded: it is seen
 * only by who holds the phone.
 */
import { openBlob, sealBlob } from "./blob.ts";
import type { VaultKeys } from "./keys.ts";

/** Seal `bytes` to be kept under `name`. */
export function sealLocal(keys: VaultKeys, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return sealBlob(keys.local, bytes, new TextEncoder().encode(name));
}

/** Open what is kept under `name`. Throws NotOpened `damaged` when it was not sealed by these keys for this name. */
export function openLocal(keys: VaultKeys, name: string, blob: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return openBlob(keys.local, blob, new TextEncoder().encode(name));
}
