/**
 * The requests of docs/accounts.md, one function each. What comes back is taken as the server's own site sends it.
 * Every one throws AccountFailure.
 */
import { AccountFailure, isProblemCode } from "./failures.ts";
import type { AskedToMake, AskedToShow, PasskeyAnswer } from "./passkeys.ts";

const API = "/api/v1";

/** A passkey, or the token of a recovery code, in answer to a challenge. */
export type Answer =
  | { readonly challenge: string; readonly passkey: PasskeyAnswer }
  | { readonly challenge: string; readonly recovery: string };

/** A roll entry as a push has it: base64url throughout. */
export interface SentEntry {
  readonly id: string;
  readonly header: string;
  readonly blob: string;
  readonly signature: string;
}

/** A row of a page of the roll; of a stub, the blob's hash in its place. */
export interface SentRow {
  readonly id: string;
  readonly header: string;
  readonly blob?: string;
  readonly blob_hash?: string;
  readonly signature?: string;
}

export interface SignUp {
  readonly challenge: string;
  readonly passkey?: PasskeyAnswer;
  readonly recovery: string;
  readonly space: { readonly id: string; readonly entry: SentEntry };
}

/** A phone that is signed in. Days are of the form 2026-05-14. */
export interface SignedInPhone {
  readonly id: string;
  readonly label: string | null;
  readonly created_on: string;
  readonly seen_on: string;
  readonly current: boolean;
}

export interface Calls {
  challengeToMake(purpose: "sign-up" | "add-passkey"): Promise<{ readonly challenge: string; readonly publicKey: AskedToMake }>;
  challengeToShow(purpose: "sign-in" | "proof"): Promise<{ readonly challenge: string; readonly publicKey: AskedToShow }>;
  signUp(body: SignUp): Promise<void>;
  signIn(answer: Answer): Promise<void>;
  prove(answer: Answer): Promise<void>;
  /** The ids of the account's spaces. */
  spaces(): Promise<readonly string[]>;
  /** All entries of a space's roll, oldest first. */
  roll(space: string): Promise<readonly SentRow[]>;
  phones(): Promise<readonly SignedInPhone[]>;
  labelPhone(phone: string, label: string): Promise<void>;
  signOut(phone: string): Promise<void>;
  signOutHere(): Promise<void>;
  deleteAccount(): Promise<void>;
}

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Make the calls over a `fetch`. The CSRF token is fetched when it is first needed, and renewed by what renews it. */
export function makeCalls(fetch: Fetch): Calls {
  let token: string | null = null;

  const send = async (method: string, path: string, body: unknown): Promise<unknown> => {
    if (method !== "GET") token ??= tokenIn(await ask(fetch, "GET", "/csrf"));
    const answer = await ask(fetch, method, path, body, token);
    token = tokenIn(answer) ?? token;
    return answer;
  };

  /** A token may be over by now, and a session's cookie may have been renewed in another tab: each is tried once more. */
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    try {
      return await send(method, path, body);
    } catch (cause) {
      if (!(cause instanceof AccountFailure) || cause.code !== "csrf_refused") throw cause;
      token = null;
      return send(method, path, body);
    }
  };
  const done = async (calling: Promise<unknown>): Promise<void> => void (await calling);

  return {
    challengeToMake: (purpose) => call("POST", "/challenges", { purpose }) as ReturnType<Calls["challengeToMake"]>,
    challengeToShow: (purpose) => call("POST", "/challenges", { purpose }) as ReturnType<Calls["challengeToShow"]>,
    signUp: (body) => done(call("POST", "/account", body)),
    signIn: (answer) => done(call("POST", "/sessions", answer)),
    prove: (answer) => done(call("POST", "/proofs", answer)),
    spaces: async () => ((await call("GET", "/spaces")) as { spaces: string[] }).spaces,
    roll: async (space) => {
      const rows: SentRow[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const page = (await call("GET", `/spaces/${space}/roll?after=${after}`)) as { revisions: SentRow[]; next: number | null };
        rows.push(...page.revisions);
        after = page.next;
      }
      return rows;
    },
    phones: async () => ((await call("GET", "/sessions")) as { sessions: SignedInPhone[] }).sessions,
    labelPhone: (phone, label) => done(call("PATCH", `/sessions/${phone}`, { label })),
    signOut: (phone) => done(call("DELETE", `/sessions/${phone}`)),
    signOutHere: () => done(call("DELETE", "/sessions/current")),
    deleteAccount: () => done(call("DELETE", "/account")),
  };
}

async function ask(fetch: Fetch, method: string, path: string, body?: unknown, token?: string | null): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers["X-CSRFToken"] = token;
  const init: RequestInit = { method, headers, cache: "no-store", ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(API + path, init).catch((cause: unknown) => {
    throw new AccountFailure("no-connection", { cause });
  });
  if (response.status === 204) return null;
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw new AccountFailure("not-understood", { cause });
  });
  if (response.ok) return answer;
  const code = memberOf(answer, "code");
  throw new AccountFailure(isProblemCode(code) ? code : "not-understood");
}

function tokenIn(answer: unknown): string | null {
  const token = memberOf(answer, "csrf");
  return typeof token === "string" ? token : null;
}

function memberOf(answer: unknown, name: string): unknown {
  return typeof answer === "object" && answer !== null ? new Map(Object.entries(answer)).get(name) : undefined;
}
