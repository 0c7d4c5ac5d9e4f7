/** A server in memory, as docs/sync-protocol.md says that one behaves, and what may happen to it. */
import { createHash, randomBytes } from "node:crypto";
import { parseHeader } from "../../../pwa/client/replica/header.ts";

export interface Stored {
  readonly seq: number;
  readonly id: string;
  readonly record: string;
  readonly isRoll: boolean;
  readonly parents: readonly string[];
  readonly header: string;
  blob: string | null;
  readonly blobHash: string;
  readonly signature: string | undefined;
  readonly chain: Buffer;
  isSuperseded: boolean;
}

export interface Sent {
  readonly id: string;
  readonly header: string;
  readonly blob: string;
  readonly signature?: string;
}

interface Body {
  readonly revisions?: readonly Sent[];
  readonly ids?: readonly string[];
}

const MOST_ROWS = 1_000;
const MOST_BYTES = 1024 * 1024;

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function bytes(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

export class MemoryServer {
  readonly space: string;
  rows: Stored[] = [];
  generation = randomBytes(16).toString("base64url");
  /** What a page holds at most; a test has it small, so that there are many. */
  mostRows = MOST_ROWS;
  /** What may keep a request from being taken. */
  mood: "well" | "signed-out" | "deleted" | "busy" = "well";
  quota = Number.POSITIVE_INFINITY;
  isProved = true;
  /** Changes an answer on its way: what an enemy does. */
  lie: (path: string, answer: Record<string, unknown>) => unknown = (_path, answer) => answer;
  readonly asked: string[] = [];
  #tokens = new Set<string>();

  constructor(space: string) {
    this.space = space;
  }

  /** As the browser's. */
  async fetch(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address, "https://cairn.example");
    this.asked.push(`${init.method} ${url.pathname.split("/").at(-1)}${url.search}`);
    if (this.mood === "busy") return problem(503, "database_busy", { "Retry-After": "3" });
    if (url.pathname === "/api/v1/csrf") return this.#csrf();
    if (this.mood === "signed-out") return problem(401, "signed_out");
    if (this.mood === "deleted") return problem(410, "account_deleted");
    const place = `/api/v1/spaces/${this.space}/`;
    if (!url.pathname.startsWith(place)) return problem(404, "space_not_found");
    const path = url.pathname.slice(place.length);
    if (init.method === "POST" && !this.#tokens.has(new Headers(init.headers).get("X-CSRFToken") ?? ""))
      return problem(400, "csrf_refused");
    const body = (typeof init.body === "string" ? JSON.parse(init.body) : {}) as Body;
    const answer = this.#answer(`${init.method} ${path}`, url.searchParams, body);
    if (answer instanceof Response) return answer;
    const said = this.lie(`${path}${url.search}`, answer);
    return new Response(typeof said === "string" ? said : JSON.stringify(said));
  }

  /** What a backup of now holds; putting it back makes a new generation, unless somebody copies the file by hand. */
  backup(): (how?: "by cairn restore" | "by hand") => void {
    const [rows, generation] = [this.rows.map((row) => ({ ...row })), this.generation];
    return (how = "by cairn restore") => {
      this.rows = rows.map((row) => ({ ...row }));
      this.generation = how === "by hand" ? generation : randomBytes(16).toString("base64url");
    };
  }

  /** An empty one in its place. */
  empty(): void {
    this.rows = [];
    this.generation = randomBytes(16).toString("base64url");
  }

  /** Tokens that were given out count no more. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** Let go of what was superseded, as after thirty days. */
  prune(): void {
    for (const row of this.rows) if (row.isSuperseded) row.blob = null;
  }

  /** Take a revision, as a push does. */
  take({ id, header, blob, signature }: Sent): { status: string; code?: string } {
    if (this.rows.some((row) => row.id === id)) return { status: "duplicate" };
    const [head, content] = [bytes(header), bytes(blob)];
    const blobHash = sha256(content);
    const rejected = (code: string) => ({ status: "rejected", code });
    if (head.length + content.length > 262_144) return rejected("too_large");
    if (sha256(head, blobHash).toString("base64url") !== id) return rejected("wrong_id");
    const { record, parents, kind, space } = parseHeader(head);
    if (space !== this.space) return rejected("wrong_space");
    const isRoll = kind === "roll";
    if (isRoll && !this.isProved) return rejected("proof_needed");
    if (isRoll && parents.join() !== (this.rows.findLast((row) => row.isRoll)?.id ?? "")) return rejected("roll_moved");
    if (!isRoll && this.rows.length >= this.quota) return rejected("quota_reached");
    const mayFollow = (other: Pick<Stored, "record" | "isRoll">) => other.record === record && other.isRoll === isRoll;
    const isSuperseded = this.rows.some((row) => mayFollow(row) && row.parents.includes(id));
    for (const row of this.rows) if (mayFollow(row) && parents.some((parent) => parent === row.id)) row.isSuperseded = true;
    const chain = sha256(this.#chainAt(this.rows.length), bytes(id));
    const row = { seq: this.rows.length + 1, id, record, isRoll, parents, header, blob, signature, chain, isSuperseded };
    this.rows.push({ ...row, blobHash: blobHash.toString("base64url") });
    return { status: "stored" };
  }

  #csrf(): Response {
    const csrf = randomBytes(8).toString("hex");
    this.#tokens.add(csrf);
    return new Response(JSON.stringify({ csrf }));
  }

  #answer(what: string, query: URLSearchParams, { revisions = [], ids = [] }: Body): Record<string, unknown> | Response {
    const after = Number(query.get("after") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? MOST_ROWS), this.mostRows);
    switch (what) {
      case "POST revisions":
        return this.#push(revisions);
      case "POST missing":
        return { missing: ids.filter((id) => this.rows.every((row) => row.id !== id)) };
      case "POST wanted":
        return this.#some(this.rows.filter(({ id }) => ids.includes(id)));
      case "GET roll":
        return this.#some(this.rows.filter((row) => row.isRoll && row.seq > after));
      case "GET revisions":
        if (query.get("heads") !== "1") return this.#pull(after, limit, query.get("blobs") !== "0");
        return this.#some(
          this.rows.filter((row) => !row.isSuperseded && row.seq < Number(query.get("before") ?? Number.POSITIVE_INFINITY)).reverse(),
        );
      default:
        return problem(404, "not_found");
    }
  }

  #push(revisions: readonly Sent[]): Record<string, unknown> | Response {
    const size = revisions.reduce((sum, { header, blob }) => sum + bytes(header).length + bytes(blob).length, 0);
    if (revisions.length > 200 || size > MOST_BYTES) return problem(413, "batch_too_large");
    return { results: revisions.map((sent) => ({ id: sent.id, ...this.take(sent) })) };
  }

  #pull(after: number, limit: number, blobs: boolean): Record<string, unknown> {
    const rows = this.#fitting(this.rows.slice(after), limit);
    const at = rows.at(-1)?.seq ?? this.rows.length;
    return this.#page(rows, at < this.rows.length ? at : null, at, blobs);
  }

  #some(wanted: readonly Stored[]): Record<string, unknown> {
    const rows = this.#fitting(wanted, this.mostRows);
    return this.#page(rows, rows.length < wanted.length ? (rows.at(-1)?.seq ?? null) : null, this.rows.length, true);
  }

  #fitting(rows: readonly Stored[], limit: number): readonly Stored[] {
    let room = MOST_BYTES;
    const fitting: Stored[] = [];
    for (const row of rows.slice(0, limit)) {
      room -= bytes(row.header).length + (row.blob === null ? 0 : bytes(row.blob).length);
      if (room < 0 && fitting.length > 0) break;
      fitting.push(row);
    }
    return fitting;
  }

  #page(rows: readonly Stored[], next: number | null, at: number, blobs: boolean): Record<string, unknown> {
    return {
      revisions: rows.map(({ seq, id, header, blob, blobHash, signature }) => ({
        seq,
        id,
        header,
        received_on: "2026-05-14",
        ...(blob === null || !blobs ? { blob_hash: blobHash } : { blob }),
        ...(signature === undefined ? {} : { signature }),
      })),
      next,
      at,
      chain: this.#chainAt(at).toString("base64url"),
      head: this.rows.length,
      generation: this.generation,
      server_time: "2026-05-14T09:30:00Z",
    };
  }

  #chainAt(seq: number): Buffer {
    return this.rows[seq - 1]?.chain ?? sha256(bytes(this.space));
  }
}

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: `urn:cairn:problem:${code}`, status, code }), { status, headers });
}
