/**
 * The header of a revision: fixed widths, in clear, and bound to the sealed body.
 *
 *   offset  bytes
 *   0       1      format, now 1
 *   1       1      kind: 1 edit, 2 erase (in groups), 3 roll
 *   2       1      owner of the space: 0 vault, 1 group
 *   3       16     space
 *   19      32     record
 *   51      16     key
 *   67      16     author, in groups only
 *   67|83   32·k   parents in the order of their bytes, each once, at most 255
 *
 * One header has one spelling, since a revision's id is a hash over it.
 */
import { type Author, BYTES, fromBase64url, type KeyId, type RecordId, type RevisionId, type SpaceId, toBase64url } from "./ids.ts";
import { MOST_PARENTS } from "./limits.ts";

export const FORMAT = 1;

export type Kind = "edit" | "erase" | "roll";
export type Owner = "vault" | "group";

export type Header = {
  readonly format: typeof FORMAT;
  readonly kind: Kind;
  readonly owner: Owner;
  readonly space: SpaceId;
  readonly record: RecordId;
  readonly keyId: KeyId;
  /** Who signed it: always in a group, never in a vault. */
  readonly author?: Author;
  readonly parents: readonly RevisionId[];
};

export type MalformedHeaderCode = "format" | "kind" | "owner" | "id" | "author" | "length" | "parents" | "too-many-parents";

/** Bytes that are no header, or a header that cannot be written; the revision counts as broken. */
export class MalformedHeader extends Error {
  override readonly name = "MalformedHeader";
  readonly code: MalformedHeaderCode;

  constructor(code: MalformedHeaderCode, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** A header made by a newer app. Nothing after its first byte can be read; the revision waits. */
export class NewerFormat extends Error {
  override readonly name = "NewerFormat";
  readonly code = "newer-format";
  readonly format: number;

  constructor(format: number) {
    super("newer-format");
    this.format = format;
  }
}

const KINDS: readonly Kind[] = ["edit", "erase", "roll"];
const OWNERS: readonly Owner[] = ["vault", "group"];

/** Bytes of a header with that many parents. */
export function headerSize(owner: Owner, parents: number): number {
  const author = owner === "group" ? BYTES.author : 0;
  return 3 + BYTES.space + BYTES.record + BYTES.key + author + parents * BYTES.revision;
}

/** The bytes of a header, its parents put in order and named once; throws MalformedHeader. */
export function encodeHeader(header: Header): Uint8Array<ArrayBuffer> {
  const { kind, owner, space, record, keyId, author } = header;
  if (kind === "erase" && owner === "vault") throw new MalformedHeader("kind");
  if ((author !== undefined) !== (owner === "group")) throw new MalformedHeader("author");
  const parents = [...new Set(header.parents)].map((id) => idBytes(id, BYTES.revision)).sort(compare);
  if (parents.length > MOST_PARENTS) throw new MalformedHeader("too-many-parents");
  const bytes = new Uint8Array(headerSize(owner, parents.length));
  bytes.set([FORMAT, KINDS.indexOf(kind) + 1, OWNERS.indexOf(owner)]);
  let offset = 3;
  const put = (part: Uint8Array) => {
    bytes.set(part, offset);
    offset += part.length;
  };
  put(idBytes(space, BYTES.space));
  put(idBytes(record, BYTES.record));
  put(idBytes(keyId, BYTES.key));
  if (author !== undefined) put(idBytes(author, BYTES.author));
  for (const parent of parents) put(parent);
  return bytes;
}

/** The header in these bytes; throws NewerFormat or MalformedHeader. */
export function parseHeader(bytes: Uint8Array): Header {
  const [format = 0, kindByte = 0, ownerByte = 0] = bytes;
  if (format > FORMAT) throw new NewerFormat(format);
  if (format !== FORMAT) throw new MalformedHeader("format");
  const kind = KINDS[kindByte - 1];
  const owner = OWNERS[ownerByte];
  if (kind === undefined || (kind === "erase" && owner === "vault")) throw new MalformedHeader("kind");
  if (owner === undefined) throw new MalformedHeader("owner");
  const parentBytes = bytes.length - headerSize(owner, 0);
  if (parentBytes < 0 || parentBytes % BYTES.revision !== 0) throw new MalformedHeader("length");
  let offset = 3;
  const take = (count: number) => {
    offset += count;
    return bytes.subarray(offset - count, offset);
  };
  // The cast is the parse: so many bytes of a header are an id of that kind, whatever they are.
  const header = {
    format: FORMAT,
    kind,
    owner,
    space: toBase64url(take(BYTES.space)) as SpaceId,
    record: toBase64url(take(BYTES.record)) as RecordId,
    keyId: toBase64url(take(BYTES.key)) as KeyId,
    ...(owner === "group" ? { author: toBase64url(take(BYTES.author)) as Author } : {}),
  } as const;
  return { ...header, parents: parseParents(bytes.subarray(offset)) };
}

function parseParents(bytes: Uint8Array): readonly RevisionId[] {
  const parents: RevisionId[] = [];
  let before: Uint8Array | undefined;
  for (let offset = 0; offset < bytes.length; offset += BYTES.revision) {
    const parent = bytes.subarray(offset, offset + BYTES.revision);
    if (before !== undefined && compare(before, parent) >= 0) throw new MalformedHeader("parents");
    parents.push(toBase64url(parent) as RevisionId);
    before = parent;
  }
  if (parents.length > MOST_PARENTS) throw new MalformedHeader("too-many-parents");
  return parents;
}

function idBytes(id: string, count: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64url(id);
  } catch (cause) {
    throw new MalformedHeader("id", cause);
  }
  if (bytes.length !== count) throw new MalformedHeader("id");
  return bytes;
}

function compare(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < one.length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
