/**
 * The server's JSON, made into what it says, once and here. Everything is checked as if the server were an enemy:
 * lengths, spellings, numbers. Whether ids and chain hold is proved afterwards.
 */
import { BYTES, fromBase64url, type RevisionId, toBase64url } from "../replica/ids.ts";
import { LARGEST_REVISION } from "../replica/limits.ts";
import type { Bytes } from "./sha256.ts";

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

/** An answer that is none. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
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
    head: numberOf(page.head),
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

/** One text of an answer, or of a problem; "" where there is none. */
export function textIn(text: string, name: string): string {
  try {
    const value = mapOf(JSON.parse(text) as unknown)[name];
    return typeof value === "string" && value.length <= LONGEST_TEXT ? value : "";
  } catch {
    return "";
  }
}

const HASH = 32;
const GENERATION = 16;
const SIGNATURE = 64;
const MOST_ROWS = 1_000;
const LONGEST_CODE = 64;
const LONGEST_TEXT = 1_000;

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

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MalformedAnswer("", { cause });
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new MalformedAnswer();
  return value as Record<string, unknown>;
}

function listOf(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new MalformedAnswer();
  return value;
}

function numberOf(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new MalformedAnswer();
  return value as number;
}

function idOf(value: unknown, length: number): string {
  bytesOf(value, length, length);
  return value as string;
}

function bytesOf(value: unknown, most: number, fewest = 0): Bytes {
  if (typeof value !== "string" || value.length > 2 * most) throw new MalformedAnswer();
  try {
    const bytes = fromBase64url(value);
    if (bytes.length >= fewest && bytes.length <= most) return bytes;
  } catch (cause) {
    throw new MalformedAnswer("", { cause });
  }
  throw new MalformedAnswer();
}
