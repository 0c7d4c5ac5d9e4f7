/**
 * Calling this site: what changes something has a CSRF token, fetched when it is first needed, renewed by the answers that
 * bring one, and fetched anew once it is old or refused.
 */
import { type ExchangeOptions, exchange, type Line } from "./exchange.ts";
import { MalformedAnswer, textIn } from "./strict.ts";
import type { World } from "./world.ts";

export interface Call extends ExchangeOptions {
  readonly body?: unknown;
  readonly keepalive?: boolean;
}

/** Any answer, a refusal too. */
export interface Called {
  readonly status: number;
  readonly isOk: boolean;
  readonly text: string;
  /** In how many ms it may be tried again; 0 where it says nothing. */
  readonly wait: number;
}

export class Caller {
  readonly #world: Line & Pick<World, "now">;
  #token: { readonly text: string; readonly at: number } | null = null;

  constructor(world: Line & Pick<World, "now">) {
    this.#world = world;
  }

  /** Throws as `exchange` does, and MalformedAnswer where there is no token to be had. */
  async call(method: string, path: string, call: Call = {}): Promise<Called> {
    const answer = await this.#withToken(method, path, call);
    const code = answer.isOk ? "" : textIn(answer.text, "code");
    // The session's cookie may have been renewed, and the token with it, while this was under way: then once more.
    if (code !== "csrf_refused" && code !== "signed_out") return answer;
    if (code === "csrf_refused") this.forgetToken();
    return this.#withToken(method, path, call);
  }

  /** The session that it stands for is over. */
  forgetToken(): void {
    this.#token = null;
  }

  async #withToken(method: string, path: string, call: Call): Promise<Called> {
    if (method !== "GET" && !this.#hasFreshToken()) {
      this.forgetToken();
      const { body: _, ...options } = call;
      const answer = await this.#once("GET", "/csrf", options);
      if (!answer.isOk) return answer;
      if (!this.#hasFreshToken()) throw new MalformedAnswer();
    }
    return this.#once(method, path, call);
  }

  #hasFreshToken(): boolean {
    return this.#token !== null && Math.abs(this.#world.now() - this.#token.at) <= TOKEN_AGE;
  }

  async #once(method: string, path: string, { body, keepalive = false, ...options }: Call): Promise<Called> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET" && this.#token !== null) headers["X-CSRFToken"] = this.#token.text;
    const init = { method, headers, keepalive, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const { response, text } = await exchange(this.#world, API + path, init, options);
    const token = text.length <= LONGEST_WITH_TOKEN ? textIn(text, "csrf") : "";
    if (token !== "") this.#token = { text: token, at: this.#world.now() };
    return { status: response.status, isOk: response.ok, text, wait: waitOf(response) };
  }
}

const API = "/api/v1";
/** A token counts for an hour. */
const TOKEN_AGE = 50 * 60_000;
/** What brings a token says nothing else. */
const LONGEST_WITH_TOKEN = 1_000;
const LONGEST_WAIT = 3_600_000;

/** `Retry-After` in ms. */
function waitOf({ headers }: Response): number {
  const seconds = Number(headers.get("Retry-After") ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, LONGEST_WAIT) : 0;
}
