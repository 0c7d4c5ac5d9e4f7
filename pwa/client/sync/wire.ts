/**
 * The server's JSON, made into what it says, once and here. Everything is checked as if the server were an enemy:
 * lengths, spellings, numbers. Whether ids and chain hold is proved afterwards.
 */
import { FORMAT, headerSize } from "../replica/header.ts";
import { BYTES, type RevisionId, toBase64url } from "../replica/ids.ts";
import { LARGEST_REVISION } from "../replica/limits.ts";
import type { Bytes } from "../vault/bytes.ts";
import { bytesOf, idOf, listOf, MalformedAnswer, mapOf, numberOf, parse } from "./strict.ts";

/** A row of a page. A stub has the blob's hash in place of the blob. */
export interface WireRevision {
  readonly seq: number;
  readonly id: RevisionId;
  readonly header: Bytes;
  readonly blob: Bytes | null;
  readonly blobHash: Bytes | null;
  readonly signature: Bytes | null;
}

export interface Page {
  readonly revisions: readonly WireRevision[];
  /** What to ask for the next page with; null where this is the last. */
  readonly next: number | null;
  readonly at: number;
  /** The fold at number `at`. */
  readonly chain: string;
  readonly head: number;
  readonly generation: string;
}

export interface Result {
  readonly id: string;
  readonly status: "stored" | "duplicate" | "rejected";
  readonly code: string;
}

/** A revision as a push has it. */
export function written({ id, header, blob, signature }: Omit<WireRevision, "seq" | "blobHash">): unknown {
  const bytes = { id, header: toBase64url(header), blob: toBase64url(blob ?? new Uint8Array()) };
  return signature === null ? bytes : { ...bytes, signature: toBase64url(signature) };
}

/** Throws MalformedAnswer, as each of these. */
export function parsePage(text: string): Page {
  const page = mapOf(parse(text));
  const revisions = listOf(page.revisions, MOST_ROWS).map(revisionOf);
  return {
    revisions,
    next: page.next === null ? null : numberOf(page.next),
    at: numberOf(page.at),
    chain: idOf(page.chain, HASH),
    head: numberOf(page.head, MOST_REVISIONS),
    generation: idOf(page.generation, GENERATION),
  };
}

/** What became of each revision of a push, in the order sent. */
export function parseResults(text: string, sent: readonly string[]): readonly Result[] {
  const results = listOf(mapOf(parse(text)).results, sent.length).map((item, i): Result => {
    const { id, status, code = "" } = mapOf(item);
    if (id !== sent[i] || typeof code !== "string" || code.length > LONGEST_CODE) throw new MalformedAnswer();
    if (status !== "stored" && status !== "duplicate" && status !== "rejected") throw new MalformedAnswer();
    return { id: sent[i] ?? "", status, code };
  });
  if (results.length !== sent.length) throw new MalformedAnswer();
  return results;
}

/** Ids, none but those that were asked about. */
export function parseMissing(text: string, asked: readonly string[]): readonly string[] {
  const known = new Set(asked);
  return listOf(mapOf(parse(text)).missing, asked.length).map((id) => {
    if (typeof id !== "string" || !known.has(id)) throw new MalformedAnswer();
    return id;
  });
}

/** All entries of a roll, page by page. Throws as `ask` does; MalformedAnswer where that comes to no end. */
export async function wholeRoll(ask: (after: number) => Promise<Page>): Promise<readonly WireRevision[]> {
  const roll: WireRevision[] = [];
  let size = 0;
  for (let after: number | null = 0; after !== null; ) {
    const { revisions, next }: Page = await ask(after);
    roll.push(...revisions);
    size += revisions.reduce((sum, { header, blob }) => sum + header.length + (blob?.length ?? 0), 0);
    // One of a later format may be as long as it likes: that the app is too old is told.
    if (revisions.some(({ header }) => header.length > LONGEST_ROLL_HEADER && (header[0] ?? 0) <= FORMAT)) throw new MalformedAnswer();
    const isOnwards = next === null || (next > after && revisions.length > 0);
    if (!isOnwards || roll.length > MOST_ENTRIES || size > MOST_BYTES) throw new MalformedAnswer();
    after = next;
  }
  return roll;
}

const HASH = 32;
const GENERATION = 16;
const SIGNATURE = 64;
const MOST_ROWS = 1_000;
/** Of one diary: at a hundred a day, of 270 years. */
const MOST_REVISIONS = 10_000_000;
/** More than anybody's vault has. */
const MOST_ENTRIES = 10_000;
const LONGEST_ROLL_HEADER = headerSize("vault", 1);
const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_CODE = 64;

function revisionOf(item: unknown): WireRevision {
  const { seq, id, header, blob, blob_hash: hash, signature } = mapOf(item);
  if ((blob === undefined) === (hash === undefined)) throw new MalformedAnswer();
  return {
    seq: numberOf(seq),
    id: idOf(id, BYTES.revision) as RevisionId,
    header: bytesOf(header, LARGEST_REVISION),
    blob: blob === undefined ? null : bytesOf(blob, LARGEST_REVISION),
    blobHash: hash === undefined ? null : bytesOf(hash, HASH, HASH),
    signature: signature === undefined ? null : bytesOf(signature, SIGNATURE, SIGNATURE),
  };
}
