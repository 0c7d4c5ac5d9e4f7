/** Proving what the server gave: each id by its content, each page by its place in the chain. */
import { NewerFormat, parseHeader } from "../replica/header.ts";
import { type RecordId, type SpaceId, toBase64url } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";
import type { RollRow, SeenRow } from "../store/sync-rows.ts";
import { sha256 } from "../vault/bytes.ts";
import { idOfHash } from "../vault/revision.ts";
import { fold, idBytes } from "./chain.ts";
import type { Page, WireRevision } from "./wire.ts";

/** What the server gave does not hold; nothing of it is taken. */
export class NotProved extends Error {
  override readonly name = "NotProved";
}

/** Rows whose content is what their ids say, apart by what they are. */
export interface Proved {
  readonly revisions: readonly RevisionRow[];
  readonly roll: readonly RollRow[];
}

/** Throws NotProved where an id is not that of its content. */
export async function proveContent(space: SpaceId, rows: readonly WireRevision[]): Promise<Proved> {
  if (new Set(rows.map(({ id }) => id)).size < rows.length) throw new NotProved();
  const revisions: RevisionRow[] = [];
  const roll: RollRow[] = [];
  const hashes = await Promise.all(rows.map(async (row) => row.blobHash ?? sha256(row.blob ?? new Uint8Array())));
  const ids = await Promise.all(rows.map(async (row, i) => idOfHash(row.header, hashes[i] ?? new Uint8Array())));
  for (const [i, { id, header, blob, signature }] of rows.entries()) {
    const blobHash = hashes[i] ?? new Uint8Array();
    if (ids[i] !== id) throw new NotProved();
    const about = aboutOf(space, header);
    const content = blob === null ? {} : { blob };
    if (about !== "roll") revisions.push({ id, record: about, header, received: true, ...(blob === null ? { blobHash } : content) });
    else roll.push({ id, header, blobHash, ...content, ...(signature === null ? {} : { signature }) });
  }
  return { revisions, roll };
}

/** A place in the log, with the fold as bytes. */
export interface Folded {
  readonly generation: string;
  readonly seq: number;
  readonly chain: Uint8Array<ArrayBuffer>;
}

/**
 * Fold a page that goes on from a place; null where it is not the log that this place is in. Throws NotProved where the
 * page is in no order at all.
 */
export async function foldPage(from: Folded, page: Page): Promise<{ readonly to: Folded; readonly seen: SeenRow | undefined } | null> {
  if (page.generation !== from.generation || page.head < from.seq) return null;
  const { revisions } = page;
  if (revisions.some(({ seq }, i) => seq !== from.seq + i + 1)) throw new NotProved();
  const last = from.seq + revisions.length;
  const says = page.next === null ? page.head : page.next;
  if (last > page.head || last !== page.at || last !== says || (page.next !== null && revisions.length === 0)) throw new NotProved();
  const ids = idBytes(revisions.map(({ id }) => id));
  const chain = await fold(from.chain, ids);
  if (toBase64url(chain) !== page.chain) return null;
  const { generation } = from;
  const seen = ids.length === 0 ? undefined : { generation, first: from.seq + 1, last, chain: from.chain, ids };
  return { to: { generation, seq: last, chain }, seen };
}

/** The record that a header is of; "" where a later format does not tell. */
function aboutOf(space: SpaceId, bytes: Uint8Array): RecordId | "roll" {
  try {
    const header = parseHeader(bytes);
    if (header.space !== space) throw new NotProved();
    return header.kind === "roll" ? "roll" : header.record;
  } catch (cause) {
    if (cause instanceof NewerFormat) return "" as RecordId;
    throw cause instanceof NotProved ? cause : new NotProved("", { cause });
  }
}
