/** The server's routes of one space, as functions. Nothing secret is known here: what is sent was sealed long before. */
import type { SpaceId } from "../replica/ids.ts";
import { type Called, Caller } from "./caller.ts";
import { AnswerTooLong } from "./exchange.ts";
import { MalformedAnswer, textIn } from "./strict.ts";
import { type Page, parseMissing, parsePage, parseResults, type Result, type WireRevision, wholeRoll, written } from "./wire.ts";
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
  /** From its first entry on. */
  roll(): Promise<readonly WireRevision[]>;
  /** Which of these, at most 1,000, the server lacks. */
  missing(ids: readonly string[]): Promise<readonly string[]>;
  /** Those of these, at most 1,000, that the server has and that fit. */
  wanted(ids: readonly string[]): Promise<Page>;
}

/** Over this world, until it is over: then whatever is under way fails. */
export function serverOf(space: SpaceId, world: World, over: AbortSignal): Server {
  const caller = new Caller(world);
  const call = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await caller.call(method, `/spaces/${space}${path}`, { over, body }).catch((cause: unknown) => {
      const isMalformed = cause instanceof AnswerTooLong || cause instanceof MalformedAnswer;
      throw new ServerFailure(isMalformed ? "malformed" : "no-answer", { cause });
    });
    if (answer.status === 200) return answer.text;
    throw failureFor(answer);
  };
  const ask = async (path: string): Promise<Page> => read(parsePage, await call("GET", path));
  return {
    async push(revisions) {
      const answer = await call("POST", "/revisions", { revisions: revisions.map(written) });
      const ids = revisions.map(({ id }) => id);
      return read((text) => parseResults(text, ids), answer);
    },
    pull: (after, { blobs = true, limit = MOST_ROWS } = {}) =>
      ask(`/revisions?after=${after}&limit=${Math.min(limit, MOST_ROWS)}${blobs ? "" : "&blobs=0"}`),
    heads: (before) => ask(`/revisions?heads=1${before === null ? "" : `&before=${before}`}`),
    roll: () => wholeRoll((after) => ask(`/roll?after=${after}`)).catch(malformed),
    async missing(ids) {
      const answer = await call("POST", "/missing", { ids });
      return read((text) => parseMissing(text, ids), answer);
    },
    wanted: async (ids) => read(parsePage, await call("POST", "/wanted", { ids })),
  };
}

const MOST_ROWS = 1_000;

function read<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (cause) {
    return malformed(cause);
  }
}

function malformed(cause: unknown): never {
  throw cause instanceof MalformedAnswer ? new ServerFailure("malformed", { cause }) : cause;
}

function failureFor({ status, text, wait }: Called): ServerFailure {
  const code = textIn(text, "code");
  // Of a vault that another account has, its own session is asked for.
  if (code === "signed_out" || code === "space_not_found") return new ServerFailure("signed-out");
  // Anything on the way may answer 404, or make up a page: that says nothing of the account.
  if (status === 410 && code === "account_deleted") return new ServerFailure("account-deleted");
  // A refusal that this app does not know is tried again later, too: another version of the server may answer then.
  return new ServerFailure("no-answer", { wait, cause: `${status} ${code}` });
}
