/**
 * The file everything is saved to and read back from (described in docs/file-format.md). Here only its
 * shape is known: a revision's body is handed on as it is, and what it holds is checked by whoever
 * opens it. `shown` and `in_trash` are for people reading the file; nothing is read back from them.
 */

import { isRecordId } from "./field.ts";

export const FILE_APP = "cairn";
export const FILE_FORMAT = "cairn-diary";
export const FILE_VERSION = 1;

/** A larger file is not read: years of diary are a few megabytes. */
export const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

export type FileRevision = {
  readonly id: string;
  readonly parents: readonly string[];
  readonly body: unknown;
};

export type FileRecord = {
  readonly id: string;
  readonly type: string;
  readonly in_trash: boolean;
  readonly shown: { readonly [field: string]: unknown };
  readonly revisions: readonly FileRevision[];
};

export type CairnFile = {
  readonly app: typeof FILE_APP;
  readonly format: typeof FILE_FORMAT;
  readonly version: typeof FILE_VERSION;
  /** When it was made, as ISO 8601. */
  readonly made: string;
  readonly records: readonly FileRecord[];
  /** How many records there are. It comes last, so a file cut short does not have it. */
  readonly count: number;
};

export type FileCode = "too-large" | "not-json" | "another-app" | "later-version" | "cut" | "malformed";

/** A file that cannot be read back. Nothing of it was taken. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly code: FileCode;
  /** Where in the file, such as "records.3.revisions.0.id"; empty when it is the whole. */
  readonly where: string;

  constructor(code: FileCode, where = "", cause?: unknown) {
    super(where === "" ? code : `${code} at ${where}`, { cause });
    this.code = code;
    this.where = where;
  }
}

/** Makes the file, its count last. `made` is ISO 8601. */
export function makeCairnFile(records: readonly FileRecord[], made: string): CairnFile {
  const head = { app: FILE_APP, format: FILE_FORMAT, version: FILE_VERSION } as const;
  return { ...head, made, records, count: records.length };
}

/** Reads the text of a file whole, or throws FileRefused. */
export function readCairnFile(content: string): CairnFile {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new FileRefused(beginsLikeOurs(content) ? "cut" : "not-json", "", cause);
  }
  return parseCairnFile(json);
}

/** Checks the shape of what was parsed from JSON, or throws FileRefused. Unknown keys are left out. */
export function parseCairnFile(json: unknown): CairnFile {
  if (!isMap(json) || json.app !== FILE_APP || json.format !== FILE_FORMAT) {
    throw new FileRefused("another-app");
  }
  checkVersion(json.version);
  const { made, records, count } = json;
  if (count === undefined) throw new FileRefused("cut", "count");
  if (!isMadeAt(made)) throw new FileRefused("malformed", "made");
  const read = parseList(records, "records", parseRecord);
  if (count !== read.length) throw new FileRefused("cut", "count");
  return makeCairnFile(read, made);
}

function checkVersion(version: unknown): void {
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    throw new FileRefused("malformed", "version");
  }
  if (version > FILE_VERSION) throw new FileRefused("later-version", "version");
}

function parseRecord(value: unknown, where: string): FileRecord {
  if (!isMap(value)) throw new FileRefused("malformed", where);
  const { id, type, in_trash, shown } = value;
  if (!isRecordId(id)) throw new FileRefused("malformed", `${where}.id`);
  if (typeof type !== "string" || type === "") throw new FileRefused("malformed", `${where}.type`);
  if (typeof in_trash !== "boolean") throw new FileRefused("malformed", `${where}.in_trash`);
  if (!isMap(shown)) throw new FileRefused("malformed", `${where}.shown`);
  const revisions = parseList(value.revisions, `${where}.revisions`, parseRevision);
  if (revisions.length === 0) throw new FileRefused("malformed", `${where}.revisions`);
  return { id, type, in_trash, shown, revisions };
}

function parseRevision(value: unknown, where: string): FileRevision {
  if (!isMap(value)) throw new FileRefused("malformed", where);
  const { id, body } = value;
  if (!isRecordId(id)) throw new FileRefused("malformed", `${where}.id`);
  if (!isMap(body)) throw new FileRefused("malformed", `${where}.body`);
  return { id, parents: parseList(value.parents, `${where}.parents`, parseParent), body };
}

function parseParent(value: unknown, where: string): string {
  if (!isRecordId(value)) throw new FileRefused("malformed", where);
  return value;
}

function parseList<T>(value: unknown, where: string, parse: (each: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) throw new FileRefused("malformed", where);
  return value.map((each, index) => parse(each, `${where}.${index}`));
}

/** An exact instant in UTC, as Date.prototype.toISOString writes it. */
function isMadeAt(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value);
}

function beginsLikeOurs(content: string): boolean {
  return /^\s*\{\s*"app"\s*:\s*"cairn"/.test(content.slice(0, 200));
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
