/**
 * How everything a person wrote is sealed before it is stored, as one thing that the composition root hands on.
 *
 * The store takes a `Sealing` and never imports one. So a test that searches the phone's raw files for typed words
 * can plant a `Sealing` that does not seal and see its own search turn red, and the app has no switch for that.
 */
import type { VaultKeys } from "./keys.ts";
import { openLocal, sealLocal } from "./local.ts";
import { openRevision, type RevisionToSeal, type SealedRevision, sealRevision } from "./revision.ts";

export interface Sealing {
  /** Throws NotSealed, MalformedHeader. */
  sealRevision(revision: RevisionToSeal): Promise<SealedRevision>;
  /** Give the padded body. Throws NotOpened, NewerFormat. */
  openRevision(revision: SealedRevision & { readonly keys: VaultKeys }): Promise<Uint8Array<ArrayBuffer>>;
  sealLocal(keys: VaultKeys, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws NotOpened. */
  openLocal(keys: VaultKeys, name: string, blob: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** The sealing that the app ships. */
export const sealing: Sealing = { sealRevision, openRevision, sealLocal, openLocal };
