/** The files of one version, as the server lists them in the worker. Pure. */

export interface PinnedFile {
  /** Path on this origin, from the root: `/static/built/app-K3X2.js`. */
  readonly url: string;
  /** Digest as Subresource Integrity writes it: `sha256-…`. */
  readonly integrity: string;
}

export type MalformedListCode = "not-a-list" | "no-shell" | "foreign-url" | "no-digest" | "listed-twice";

/** The list does not say which bytes to trust; a worker with it must not start. */
export class MalformedList extends Error {
  readonly code: MalformedListCode;

  constructor(code: MalformedListCode, entry?: unknown) {
    super(`${code}: ${JSON.stringify(entry)}`);
    this.name = "MalformedList";
    this.code = code;
  }
}

/** Check the list: paths of this origin, each once, each with its digest, the shell `/` among them. Throws MalformedList. */
export function parsePrecacheList(list: unknown): readonly PinnedFile[] {
  if (!Array.isArray(list)) throw new MalformedList("not-a-list", list);
  const files = list.map(parseFile);
  const urls = new Set(files.map(({ url }) => url));
  if (urls.size !== files.length) throw new MalformedList("listed-twice", list);
  if (!urls.has("/")) throw new MalformedList("no-shell", list);
  return files;
}

function parseFile(entry: unknown): PinnedFile {
  const { url, integrity } = (typeof entry === "object" && entry !== null ? entry : {}) as Partial<Record<string, unknown>>;
  if (typeof url !== "string" || !/^\/(?![/\\])/.test(url)) throw new MalformedList("foreign-url", entry);
  if (typeof integrity !== "string" || !/^sha(256|384|512)-[A-Za-z0-9+/]+=*$/.test(integrity)) throw new MalformedList("no-digest", entry);
  return { url, integrity };
}
