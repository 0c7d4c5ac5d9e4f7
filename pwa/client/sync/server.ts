/** The server's routes of one space, as functions. Nothing secret is known here: what is sent was sealed long before. */
import type { SpaceId } from "../replica/ids.ts";
import {
  MalformedAnswer,
  type Page,
  parseMissing,
  parsePage,
  parseResults,
  type Result,
  textIn,
  type WireRevision,
  written,
} from "./wire.ts";
import type { World } from "./world.ts";

export type FailureCode =
  /** No answer, or none in time; a server that is busy or broken. It is tried again later. */
  | "no-answer"
  | "signed-out"
  | "account-deleted"
  /** What was answered is no answer to what was asked. */
  | "malformed";

export class ServerFailure extends Error {
  override readonly name = "ServerFailure";
  readonly code: FailureCode;
  /** In how many ms it may be tried again, if the server says so. */
  readonly wait: number;

  constructor(code: FailureCode, { wait = 0, cause }: { wait?: number; cause?: unknown } = {}) {
    super(code, { cause });
    this.code = code;
    this.wait = wait;
  }
}

/** Each throws ServerFailure. */
export interface Server {
  push(revisions: readonly Omit<WireRevision, "seq" | "blobHash">[]): Promise<readonly Result[]>;
  /** What comes after a number; without `blobs` the index. */
  pull(after: number, options?: { readonly blobs?: boolean; readonly limit?: number }): Promise<Page>;
  /** Newest first; `before` null from the last. */
  heads(before: number | null): Promise<Page>;
  roll(after: number): Promise<Page>;
  /** Which of these, at most 1,000, the server lacks. */
  missing(ids: readonly string[]): Promise<readonly string[]>;
  /** Those of these, at most 1,000, that the server has and that fit. */
  wanted(ids: readonly string[]): Promise<Page>;
}

export function serverOf(space: SpaceId, world: World): Server {
  const caller = new Caller(world);
  const address = `${API}/spaces/${space}`;
  const ask = async (path: string): Promise<Page> => read(parsePage, await caller.call("GET", address + path));
  const send = (path: string, body: unknown): Promise<string> => caller.call("POST", address + path, JSON.stringify(body));
  return {
    async push(revisions) {
      const answer = await send("/revisions", { revisions: revisions.map(written) });
      const ids = revisions.map(({ id }) => id);
      return read((text) => parseResults(text, ids), answer);
    },
    pull: (after, { blobs = true, limit = MOST_ROWS } = {}) =>
      ask(`/revisions?after=${after}&limit=${Math.min(limit, MOST_ROWS)}${blobs ? "" : "&blobs=0"}`),
    heads: (before) => ask(`/revisions?heads=1${before === null ? "" : `&before=${before}`}`),
    roll: (after) => ask(`/roll?after=${after}`),
    async missing(ids) {
      const answer = await send("/missing", { ids });
      return read((text) => parseMissing(text, ids), answer);
    },
    wanted: async (ids) => read(parsePage, await send("/wanted", { ids })),
  };
}

const API = "/api/v1";
/** As long as a page takes on a bad line. */
const PATIENCE = 60_000;
/** A page holds 1 MiB of bytes, in base64url, and some words for each of 1,000 rows. */
const LARGEST_ANSWER = 4 * 1024 * 1024;
/** A token counts for an hour. */
const TOKEN_AGE = 50 * 60_000;
const MOST_ROWS = 1_000;
const LONGEST_WAIT = 3_600_000;

class Caller {
  readonly #world: World;
  #token: { readonly text: string; readonly at: number } | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  /** The text of a good answer. Throws ServerFailure. */
  async call(method: "GET" | "POST", address: string, body?: string): Promise<string> {
    // A cookie may have been renewed, and a token with it, while this was under way: then once more.
    for (let isAgain = false; ; isAgain = true) {
      const { status, text, wait } = await this.#once(method, address, body);
      if (status === 200) return text;
      const code = textIn(text, "code");
      if (!isAgain && code === "csrf_refused") this.#token = null;
      else if (isAgain || code !== "signed_out") throw failureFor(status, code, wait);
    }
  }

  async #once(method: string, address: string, body: string | undefined): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      headers["X-CSRFToken"] = await this.#fresh();
    }
    const world = this.#world;
    const over = new AbortController();
    const cancel = world.after(PATIENCE, () => over.abort());
    try {
      const init: RequestInit = { method, headers, signal: over.signal, credentials: "same-origin", cache: "no-store", redirect: "error" };
      const response = await world.fetch(address, body === undefined ? init : { ...init, body });
      return { status: response.status, text: await textOf(response), wait: waitOf(response) };
    } catch (cause) {
      throw cause instanceof ServerFailure ? cause : new ServerFailure("no-answer", { cause });
    } finally {
      cancel();
    }
  }

  async #fresh(): Promise<string> {
    const now = this.#world.now();
    if (this.#token === null || Math.abs(now - this.#token.at) > TOKEN_AGE) {
      const text = textIn(await this.call("GET", `${API}/csrf`), "csrf");
      if (text === "") throw new ServerFailure("malformed");
      this.#token = { text, at: now };
    }
    return this.#token.text;
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly wait: number;
}

function read<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (cause) {
    if (cause instanceof MalformedAnswer) throw new ServerFailure("malformed", { cause });
    throw cause;
  }
}

function failureFor(status: number, code: string, wait: number): ServerFailure {
  if (code === "signed_out") return new ServerFailure("signed-out");
  if (code === "account_deleted" || code === "space_not_found") return new ServerFailure("account-deleted");
  // A refusal that this app does not know is tried again later, too: another version of the server may answer then.
  return new ServerFailure("no-answer", { wait, cause: `${status} ${code}` });
}

/** The text, as far as an answer may be long. */
async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > LARGEST_ANSWER) {
      await reader.cancel();
      throw new ServerFailure("malformed");
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** `Retry-After` in ms; 0 where it says nothing. */
function waitOf(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After") ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, LONGEST_WAIT) : 0;
}
