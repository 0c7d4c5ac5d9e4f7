/**
 * The requests of docs/accounts.md, one function each. What comes back is read as strictly as what is synced, and given
 * up in the same time. Every one throws AccountFailure.
 */
import { type Call, Caller } from "../sync/caller.ts";
import { AnswerTooLong, type Line } from "../sync/exchange.ts";
import { MalformedAnswer, textIn } from "../sync/strict.ts";
import { parsePage, parseResults, wholeRoll } from "../sync/wire.ts";
import { browserWorld } from "../sync/world.ts";
import type { RollEntry } from "../vault/roll-entry.ts";
import {
  type AccountHere,
  type Asked,
  parseAccount,
  parseAskedToMake,
  parseAskedToShow,
  parsePhones,
  parseSpaces,
  type SignedInPhone,
} from "./answers.ts";
import { AccountFailure, isProblemCode } from "./failures.ts";
import type { AskedToMake, AskedToShow, PasskeyAnswer } from "./passkeys.ts";
import { entryOf, type SentEntry } from "./sent-entries.ts";

export type { SignedInPhone };

/** A passkey, or the token of a recovery code, in answer to a challenge. */
export type Answer =
  | { readonly challenge: string; readonly passkey: PasskeyAnswer }
  | { readonly challenge: string; readonly recovery: string };

export interface SignUp {
  readonly challenge: string;
  readonly passkey?: PasskeyAnswer;
  readonly recovery: string;
  readonly space: { readonly id: string; readonly entry: SentEntry };
}

export interface Calls {
  challengeToMake(purpose: "sign-up" | "add-passkey"): Promise<Asked<AskedToMake>>;
  challengeToShow(purpose: "sign-in" | "proof"): Promise<Asked<AskedToShow>>;
  signUp(body: SignUp): Promise<void>;
  signIn(answer: Answer): Promise<void>;
  prove(answer: Answer): Promise<void>;
  /** The ids of the account's spaces. */
  spaces(): Promise<readonly string[]>;
  /** The last number of a space: how many revisions were ever put into it. */
  head(space: string): Promise<number>;
  /** All entries of a space's roll, oldest first. Throws RollRefused, too, where one of them is none. */
  roll(space: string): Promise<readonly RollEntry[]>;
  /** Put an entry on top of a space's roll. Gives null once it is stored, or why it was rejected. */
  addToRoll(space: string, entry: SentEntry): Promise<string | null>;
  /** The account's day, this phone's session, and whether a passkey or code was shown just now. */
  account(): Promise<AccountHere>;
  /** Let this token open the account, and the one before no more. */
  setRecovery(recovery: string): Promise<void>;
  addPasskey(answer: Extract<Answer, { passkey: unknown }>): Promise<void>;
  phones(): Promise<readonly SignedInPhone[]>;
  labelPhone(phone: string, label: string): Promise<void>;
  signOut(phone: string): Promise<void>;
  signOutHere(): Promise<void>;
  deleteAccount(): Promise<void>;
}

/** Make the calls over a `fetch`. */
export function makeCalls(fetch: Line["fetch"], after: Line["after"] = browserWorld().after): Calls {
  const caller = new Caller({ fetch, after, now: () => Date.now() });

  const call = async (method: string, path: string, body?: unknown, options?: Omit<Call, "body">): Promise<string> => {
    const { isOk, status, text } = await caller.call(method, path, { ...options, body }).catch((cause: unknown) => {
      const isMalformed = cause instanceof AnswerTooLong || cause instanceof MalformedAnswer;
      throw new AccountFailure(isMalformed ? "not-understood" : "no-connection", { cause });
    });
    if (isOk) return text;
    const code = textIn(text, "code");
    // Anything on the way may make an answer up: only this one says that an account is gone.
    const isBelieved = code !== "account_deleted" || status === 410;
    throw new AccountFailure(isProblemCode(code) && isBelieved ? code : "not-understood");
  };
  const read = <T>(calling: Promise<string>, parse: (text: string) => T): Promise<T> => understood(async () => parse(await calling));
  const done = async (calling: Promise<string>): Promise<void> => void (await calling);

  return {
    challengeToMake: (purpose) => read(call("POST", "/challenges", { purpose }), parseAskedToMake),
    challengeToShow: (purpose) => read(call("POST", "/challenges", { purpose }), parseAskedToShow),
    signUp: (body) => done(call("POST", "/account", body)),
    signIn: (answer) => done(call("POST", "/sessions", answer)),
    prove: (answer) => done(call("POST", "/proofs", answer)),
    spaces: () => read(call("GET", "/spaces"), parseSpaces),
    head: (space) => read(call("GET", `/spaces/${space}/revisions?after=0&limit=1&blobs=0`), (text) => parsePage(text).head),
    roll: (space) =>
      understood(async () => {
        const rows = await wholeRoll(async (after) => parsePage(await call("GET", `/spaces/${space}/roll?after=${after}`)));
        return rows.map(entryOf);
      }),
    addToRoll: async (space, entry) => {
      const answer = call("POST", `/spaces/${space}/revisions`, { revisions: [entry] });
      const [result] = await read(answer, (text) => parseResults(text, [entry.id]));
      return result?.status === "rejected" ? result.code : null;
    },
    account: () => read(call("GET", "/account"), parseAccount),
    setRecovery: (recovery) => done(call("PUT", "/account/recovery", { recovery })),
    addPasskey: (answer) => done(call("POST", "/passkeys", answer)),
    phones: () => read(call("GET", "/sessions"), parsePhones),
    labelPhone: (phone, label) => done(call("PATCH", `/sessions/${phone}`, { label })),
    signOut: (phone) => done(call("DELETE", `/sessions/${phone}`)),
    signOutHere: () =>
      done(call("DELETE", "/sessions/current", undefined, { patience: SOON, keepalive: true })).finally(() => {
        // The browser's cookie goes with the session, and what the token stands for with it.
        caller.forgetToken();
      }),
    deleteAccount: () => done(call("DELETE", "/account")),
  };
}

async function understood<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof MalformedAnswer ? new AccountFailure("not-understood", { cause }) : cause;
  }
}

/** Nobody waits longer for what helps only where it is quick; the browser may go on with it behind. */
const SOON = 5_000;
