/**
 * The body of a revision as bytes, before it is sealed: JSON in UTF-8, padded with spaces.
 *
 *   {"type":"check-in","saw":null,"writers":{"<writer>":2},"fields":[["pain","<writer>",2,4,1700000000000]]}
 *
 * Each of `fields` is [field, writer, n, value, at]. Fields of any name come through, known to this
 * app or not; nothing else in a body may grow without a new format of the header.
 */
import { headerSize } from "./header.ts";
import { isWriter, type RevisionId, type Writer } from "./ids.ts";
import { LARGEST_REVISION, LAST_INSTANT, SEAL_BYTES } from "./limits.ts";
import { padded } from "./padding.ts";
import { covers, type Entry, type State, type Vector } from "./state.ts";
import { fromUtf8, toUtf8 } from "./utf8.ts";
import { isValue, type Value } from "./values.ts";

/** What the maker last verified of the space's log on the server. */
export type Saw = { readonly generation: string; readonly seq: number; readonly chain: string };

export type Body = {
  /** What kind of thing the record is. */
  readonly type: string;
  readonly state: State;
  /** None before the first sync. */
  readonly saw: Saw | null;
};

export type MalformedBodyCode = "too-large" | "not-json" | "not-a-map" | "type" | "saw" | "writers" | "fields" | "unknown-dot";

/** Bytes that opened and yet are no body; the revision counts as broken. */
export class MalformedBody extends Error {
  override readonly name = "MalformedBody";
  readonly code: MalformedBodyCode;

  constructor(code: MalformedBodyCode, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** The padded bytes of a body. */
export function encodeBody(type: string, state: State, saw: Saw | null = null): Uint8Array<ArrayBuffer> {
  const fields = state.entries.map(({ field, writer, n, value, at }) => [field, writer, n, value, at]);
  const json = toUtf8(JSON.stringify({ type, saw, writers: state.writers, fields }));
  const bytes = new Uint8Array(padded(json.length)).fill(SPACE);
  bytes.set(json);
  return bytes;
}

/** The body in these bytes; throws MalformedBody. */
export function parseBody(bytes: Uint8Array): Body {
  if (bytes.length > LARGEST_REVISION) throw new MalformedBody("too-large");
  const body = parseJson(bytes);
  if (!isMap(body)) throw new MalformedBody("not-a-map");
  const { type, saw, writers, fields } = body;
  if (!isType(type)) throw new MalformedBody("type");
  if (!isSaw(saw)) throw new MalformedBody("saw");
  if (!isVector(writers)) throw new MalformedBody("writers");
  return { type, saw, state: { entries: parseEntries(fields, writers), writers } };
}

/** Bytes of the revision that this state and these parents make, with room for type and `saw`. */
export function revisionSize(revision: { readonly state: State; readonly parents: readonly RevisionId[] }): number {
  const body = encodeBody(WIDEST_TYPE, revision.state, WIDEST_SAW).length;
  return headerSize("group", revision.parents.length) + SEAL_BYTES + body;
}

const SPACE = 0x20;
const LONGEST_TYPE = 64;
const LONGEST_SAW = 64;
const WIDEST_TYPE = "x".repeat(LONGEST_TYPE);
const WIDEST_SAW: Saw = {
  generation: "x".repeat(LONGEST_SAW),
  seq: Number.MAX_SAFE_INTEGER,
  chain: "x".repeat(LONGEST_SAW),
};

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw new MalformedBody("not-json", cause);
  }
}

function parseEntries(fields: unknown, writers: Vector): readonly Entry[] {
  if (!Array.isArray(fields)) throw new MalformedBody("fields");
  return fields.map((parts: unknown) => {
    if (!isEntry(parts)) throw new MalformedBody("fields");
    const [field, writer, n, value, at] = parts;
    // An entry its own maker did not know of: no sound phone writes that, and no join could place it.
    if (!covers(writers, { writer, n })) throw new MalformedBody("unknown-dot");
    return { field, writer, n, value, at };
  });
}

function isEntry(parts: unknown): parts is [string, Writer, number, Value, number] {
  if (!Array.isArray(parts) || parts.length !== 5) return false;
  const [field, writer, n, value, at]: unknown[] = parts;
  return (
    typeof field === "string" &&
    field.length > 0 &&
    typeof writer === "string" &&
    isWriter(writer) &&
    isCount(n) &&
    isValue(value) &&
    isInstant(at)
  );
}

/** What a clock can show, in milliseconds: `Date` ends there. */
function isInstant(at: unknown): boolean {
  return Number.isSafeInteger(at) && Math.abs(at as number) <= LAST_INSTANT;
}

function isType(type: unknown): type is string {
  return typeof type === "string" && type.length > 0 && type.length <= LONGEST_TYPE;
}

function isSaw(saw: unknown): saw is Saw | null {
  if (saw === null) return true;
  if (!isMap(saw)) return false;
  const { generation, seq, chain } = saw;
  return isShortText(generation) && isShortText(chain) && (seq === 0 || isCount(seq));
}

function isShortText(text: unknown): text is string {
  return typeof text === "string" && text.length <= LONGEST_SAW;
}

function isVector(writers: unknown): writers is Vector {
  if (!isMap(writers)) return false;
  for (const writer of Object.keys(writers)) {
    if (!isWriter(writer) || !isCount(writers[writer])) return false;
  }
  return true;
}

function isCount(n: unknown): n is number {
  return Number.isSafeInteger(n) && (n as number) > 0;
}

function isMap(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === "object" && candidate !== null && !Array.isArray(candidate);
}
