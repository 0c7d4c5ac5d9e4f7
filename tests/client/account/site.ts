/** A site with one account, as docs/accounts.md says that one behaves, and the line from a phone's browser to it. */
import assert from "node:assert/strict";
import type { Answer, Calls, SignedInPhone, SignUp } from "../../../pwa/client/account/calls.ts";
import { AccountFailure } from "../../../pwa/client/account/failures.ts";
import { entryOf, type SentEntry } from "../../../pwa/client/account/sent-entries.ts";
import { fromBase64url, parseRevisionId } from "../../../pwa/client/replica/ids.ts";
import type { WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { MemoryServer } from "../sync/memory-server.ts";
import { ASKED } from "./passkey-of-tests.ts";

const never = (): never => assert.fail("No passkey is made or shown here.");

interface Session {
  readonly id: string;
  label: string | null;
  proved: boolean;
}

export class Site {
  server: MemoryServer | null = null;
  recovery: string | null = null;
  /** The passkey that was signed up with. */
  passkey: string | null = null;
  readonly sessions = new Map<string, Session>();
  #made = 0;

  begin(body: Omit<SignUp, "challenge">): Session {
    if (this.server !== null) throw new AccountFailure("space_taken");
    this.server = new MemoryServer(body.space.id);
    this.recovery = body.recovery;
    this.passkey = body.passkey?.id ?? null;
    assert.equal(this.server.take(body.space.entry).status, "stored");
    return this.session();
  }

  session(): Session {
    const session = { id: `session ${++this.#made}`, label: null, proved: true };
    this.sessions.set(session.id, session);
    return session;
  }

  /** Whoever shows the code or the passkey. */
  recognise(answer: Answer): void {
    const isKnown = "recovery" in answer ? answer.recovery === this.recovery : answer.passkey.id === this.passkey;
    if (!isKnown) throw new AccountFailure("not_recognised");
  }
}

/** Loses the n-th request, before or after the site had it. */
export interface Cut {
  readonly at: number;
  readonly when: "before" | "after";
}

/** What an entry is that was sent so. */
export function entryAsSent({ id, header, blob, signature }: SentEntry): WholeEntry {
  return { id: parseRevisionId(id), header: fromBase64url(header), blob: fromBase64url(blob), signature: fromBase64url(signature) };
}

/** One phone's browser: its session, and the line to the site. */
export class Browser {
  readonly site: Site;
  session: Session | null = null;
  /** Counts the requests that change or ask something. */
  asked = 0;
  cut: Cut | null = null;
  /** Called before an entry is put on top of the roll. */
  beforeEntry: () => Promise<unknown> = () => Promise.resolve();

  constructor(site: Site) {
    this.site = site;
  }

  get #own(): Session {
    const own = this.session && this.site.sessions.get(this.session.id);
    if (!own) throw new AccountFailure("signed_out");
    return own;
  }

  /** Of any session but one's own. */
  #needsProofFor(id: string): void {
    if (id !== this.#own.id && !this.#own.proved) throw new AccountFailure("proof_needed");
  }

  get #server(): MemoryServer {
    void this.#own;
    return this.site.server ?? assert.fail("Nobody signed up.");
  }

  async #over<T>(work: () => T | Promise<T>): Promise<T> {
    const cut = this.cut?.at === ++this.asked ? this.cut.when : null;
    if (cut === "before") throw new AccountFailure("no-connection");
    const answer = await work();
    if (cut === "after") throw new AccountFailure("no-connection");
    return answer;
  }

  readonly calls: Calls = {
    challengeToMake: () => this.#over(() => ({ challenge: "challenge", publicKey: ASKED })),
    challengeToShow: () => this.#over(() => ({ challenge: "challenge", publicKey: ASKED })),
    signUp: (body) =>
      this.#over(() => {
        this.session = this.site.begin(body);
      }),
    signIn: (answer) =>
      this.#over(() => {
        this.site.recognise(answer);
        if (this.session !== null) this.site.sessions.delete(this.session.id);
        this.session = this.site.session();
      }),
    prove: (answer) =>
      this.#over(() => {
        this.site.recognise(answer);
        this.#own.proved = true;
      }),
    spaces: () => this.#over(() => [this.#server.space]),
    head: () => this.#over(() => this.#server.rows.length),
    roll: () =>
      this.#over(() =>
        this.#server.rows
          .filter(({ isRoll }) => isRoll)
          .map(({ blob, blobHash, signature = "", ...row }) => {
            const entry = entryAsSent({ ...row, blob: blob ?? "", signature });
            return blob === null ? { ...entry, blob: null, blobHash: fromBase64url(blobHash) } : entry;
          })
          .map(entryOf),
      ),
    addToRoll: async (_space, entry) => {
      await this.beforeEntry();
      return this.#over(() => {
        if (!this.#own.proved) return "proof_needed";
        const { code } = this.#server.take(entry);
        if (code !== undefined) return code;
        const { forget_older: isForgotten } = JSON.parse(Buffer.from(entry.blob, "base64url").toString("utf8"));
        if (isForgotten) for (const row of this.#server.rows) if (row.isRoll && row.id !== entry.id) row.blob = null;
        return null;
      });
    },
    account: () => this.#over(() => ({ created_on: "2026-05-14", session: this.#own.id, proved: this.#own.proved })),
    setRecovery: (recovery) =>
      this.#over(() => {
        if (!this.#own.proved) throw new AccountFailure("proof_needed");
        this.site.recovery = recovery;
      }),
    addPasskey: never,
    phones: () =>
      this.#over(() =>
        [...this.site.sessions.values()].map(
          ({ id, label }): SignedInPhone => ({
            id,
            label,
            created_on: "2026-05-14",
            seen_on: "2026-05-14",
            current: id === this.#own.id,
          }),
        ),
      ),
    labelPhone: (id, label) =>
      this.#over(() => {
        this.#needsProofFor(id);
        const session = this.site.sessions.get(id);
        if (session === undefined) throw new AccountFailure("not_found");
        session.label = label;
      }),
    signOut: (id) =>
      this.#over(() => {
        this.#needsProofFor(id);
        if (!this.site.sessions.delete(id)) throw new AccountFailure("not_found");
      }),
    signOutHere: () => this.#over(() => void (this.session && this.site.sessions.delete(this.session.id))),
    deleteAccount: () =>
      this.#over(() => {
        if (!this.#own.proved) throw new AccountFailure("proof_needed");
        this.site.server = this.site.recovery = null;
        this.site.sessions.clear();
      }),
  };

  /** What the engine asks. */
  async fetch(address: string, init: RequestInit): Promise<Response> {
    const server = this.site.server ?? assert.fail("Nobody signed up.");
    const own = this.session && this.site.sessions.get(this.session.id);
    server.mood = own ? "well" : "signed-out";
    server.isProved = own?.proved ?? false;
    return server.fetch(address, init);
  }
}
