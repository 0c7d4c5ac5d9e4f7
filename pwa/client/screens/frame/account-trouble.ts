/** Why a step with the site or a passkey did not come about, as a sentence. */
import type { AccountFailureCode } from "../../account/failures.ts";
import { StoreFailure } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";

const SENTENCES: Readonly<Partial<Record<AccountFailureCode, Key>>> = {
  "no-connection": "account-trouble.no-connection",
  "passkey-declined": "account-trouble.passkey-declined",
  "passkey-not-made": "account-trouble.passkey-not-made",
  "passkey-not-here": "account-trouble.passkey-not-here",
  "needs-code": "sign-in.needs-code",
  "another-account": "account-trouble.another-account",
  "wrong-passkey": "account-trouble.wrong-passkey",
  "wrong-code": "account-trouble.wrong-code",
  passkey_known: "account-trouble.passkey-known",
  challenge_refused: "account-trouble.took-long",
  proof_needed: "account-trouble.took-long",
  not_recognised: "account-trouble.not-recognised",
  too_many_passkeys: "account-trouble.passkeys-full",
  too_many_requests: "account-trouble.often",
  space_taken: "account-trouble.taken",
  signed_out: "account-trouble.signed-out",
  account_deleted: "account-trouble.deleted",
};

const MISTYPED = ["account-trouble.code-mistyped-in", "account-trouble.code-mistyped"] as const;

/** Of a code: where the group is known, and where it is not. */
const MISTAKEN: Readonly<Record<string, readonly [Key, Key]>> = {
  "code-length": ["account-trouble.code-length-in", "account-trouble.code-length"],
  "code-sign": ["account-trouble.code-sign-in", "account-trouble.code-sign"],
  "code-mistyped": MISTYPED,
};

/** The sentence for what went wrong; throws again what nobody foresaw. Scripts fetched late make it: it is known by its name. */
export function accountTrouble(cause: unknown): string {
  if (cause instanceof StoreFailure) return t(cause.code === "no-key" ? "account-trouble.no-key-kept" : "account-trouble.not-kept");
  const { name, code = "", group = null } = cause as { readonly name?: string; readonly code?: string; readonly group?: number | null };
  if (name === "AccountFailure") return t(SENTENCES[code as AccountFailureCode] ?? "account-trouble.not-now");
  if (name === "CodeMistaken") {
    const [inGroup, anywhere] = MISTAKEN[code] ?? MISTYPED;
    return group === null ? t(anywhere) : t(inGroup, { group });
  }
  if (name === "RollRefused" || name === "NewerFormat") return t("account-trouble.not-believed");
  throw cause;
}
