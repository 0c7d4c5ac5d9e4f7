/**
 * Sealing and opening a revision.
 *
 *     blob = nonce ‖ AES-256-GCM(record key, padded body, associated data = header)
 *     id   = SHA-256(header ‖ SHA-256(blob))
 *
 * The id is the content: who names a revision as parent pins its every byte, and header and blob's hash alone still
 * prove the id when the blob itself is gone.
 */
import { type Header, MalformedHeader, parseHeader } from "../replica/header.ts";
import { parseRevisionId, type RevisionId, toBase64url } from "../replica/ids.ts";
import { NotOpened, openBlob, sealBlob } from "./blob.ts";
import { join, sha256 } from "./bytes.ts";
import type { VaultKeys } from "./keys.ts";

export interface RevisionToSeal {
  readonly keys: VaultKeys;
  /** As `encodeHeader` writes it. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** As `encodeBody` writes it, padded already. */
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface SealedRevision {
  readonly id: RevisionId;
  readonly header: Uint8Array<ArrayBuffer>;
  readonly blob: Uint8Array<ArrayBuffer>;
}

/** A header that these keys would never open again; sealing under it would lose what was written. */
export class NotSealed extends Error {
  override readonly name = "NotSealed";
  readonly code: "wrong-space" | "wrong-key";

  constructor(code: "wrong-space" | "wrong-key") {
    super(`The header is not for these keys: ${code}.`);
    this.code = code;
  }
}

/** Seal a body under its header. Throws NotSealed when the header names another space or key; MalformedHeader. */
export async function sealRevision({ keys, header, body }: RevisionToSeal): Promise<SealedRevision> {
  const mismatch = mismatchOf(parseHeader(header), keys);
  if (mismatch !== null) throw new NotSealed(mismatch);
  const blob = await sealBlob(keys.record, body, header);
  return { id: await revisionId(header, blob), header, blob };
}

/**
 * Check a revision against its id and give its body, still padded.
 *
 * Throws NotOpened: `wrong-id`, `wrong-space`, `wrong-key`, `damaged`; and NewerFormat, when the bytes are those of
 * the id but a later version of the app made them.
 */
export async function openRevision({
  keys,
  id,
  header,
  blob,
}: SealedRevision & { readonly keys: VaultKeys }): Promise<Uint8Array<ArrayBuffer>> {
  if ((await revisionId(header, blob)) !== id) throw new NotOpened("wrong-id");
  const mismatch = mismatchOf(readHeader(header), keys);
  if (mismatch !== null) throw new NotOpened(mismatch);
  return openBlob(keys.record, blob, header);
}

/** Give the id that a header and a blob have together. */
export async function revisionId(header: Uint8Array<ArrayBuffer>, blob: Uint8Array<ArrayBuffer>): Promise<RevisionId> {
  return idOfHash(header, await sha256(blob));
}

/** Give the id that a header and a blob's hash have together: a stub proves itself by it. */
export async function idOfHash(header: Uint8Array, blobHash: Uint8Array): Promise<RevisionId> {
  return parseRevisionId(toBase64url(await sha256(join(header, blobHash))));
}

function readHeader(header: Uint8Array): Header {
  try {
    return parseHeader(header);
  } catch (cause) {
    if (cause instanceof MalformedHeader) throw new NotOpened("damaged", { cause });
    throw cause;
  }
}

function mismatchOf({ space, keyId }: Header, keys: VaultKeys): "wrong-space" | "wrong-key" | null {
  if (space !== keys.space) return "wrong-space";
  return keyId === keys.keyId ? null : "wrong-key";
}
