/** A vault whose roll was verified and whose keys are at hand, and what a phone keeps of that. */
import type { RecordId, RevisionId, SpaceId } from "../replica/ids.ts";
import type { JsonMap } from "./json.ts";
import type { KeySlot } from "./key-slot.ts";
import { type VaultKey, wipeVaultKey } from "./keys.ts";
import type { SigningLine } from "./signing-line.ts";

/** What a phone remembers of a roll it has verified. No secret; plain JSON. */
export interface KnownRoll {
  readonly space: SpaceId;
  /** The record that all entries are of. */
  readonly record: RecordId;
  /** The ids of all entries, oldest first. */
  readonly ids: readonly RevisionId[];
  readonly signing: SigningLine;
}

/** Keys in memory: derive what is needed (`openKeys`), make entries, then `wipeVault`. */
export interface OpenVault {
  readonly known: KnownRoll;
  /** The slots this app knows the kind of. */
  readonly slots: readonly KeySlot[];
  readonly key: VaultKey;
  /** Earlier vault keys, oldest first. */
  readonly older: readonly VaultKey[];
  /** Signs the next entry; non-extractable. */
  readonly signer: CryptoKey;
  /** What else stands in the keyring. */
  readonly rest: JsonMap;
  /** What the last entry says. */
  readonly content: JsonMap;
}

/** Overwrite all vault keys of an open vault; what was derived of them goes on working. */
export function wipeVault({ key, older }: OpenVault): void {
  for (const each of [key, ...older]) wipeVaultKey(each);
}
