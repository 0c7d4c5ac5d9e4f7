/** Entries of the roll, as they go to the site and come from it. */
import { toBase64url } from "../replica/ids.ts";
import type { WireRevision } from "../sync/wire.ts";
import type { Bytes } from "../vault/bytes.ts";
import type { RollEntry, WholeEntry } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";

/** A roll entry as a push has it: base64url throughout. */
export interface SentEntry {
  readonly id: string;
  readonly header: string;
  readonly blob: string;
  readonly signature: string;
}

/** An entry as a push has it. */
export function asSent({ id, header, blob, signature }: WholeEntry): SentEntry {
  return { id, header: toBase64url(header), blob: toBase64url(blob), signature: toBase64url(signature) };
}

/** A row of the site's answer, or of this phone. */
interface EntryRow extends Pick<WireRevision, "id" | "header"> {
  readonly blob?: Bytes | null;
  readonly blobHash?: Bytes | null;
  readonly signature?: Bytes | null;
}

/** An entry from its row. Throws RollRefused where it is none. */
export function entryOf({ id, header, blob, blobHash, signature }: EntryRow): RollEntry {
  if (signature && blob) return { id, header, signature, blob };
  if (signature && blobHash) return { id, header, signature, blobHash };
  throw new RollRefused("roll-damaged");
}
