/** Why a step with the site or a passkey did not come about, as a sentence. */
import type { AccountFailureCode } from "../../account/failures.ts";
import { StoreFailure } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";

const SENTENCES: Readonly<Partial<Record<AccountFailureCode, Key>>> = {
  "no-connection": "account-trouble.no-connection",
  "passkey-declined": "account-trouble.passkey-declined",
  "passkey-not-here": "account-trouble.passkey-not-here",
  "another-account": "account-trouble.another-account",
  "no-key-kept": "account-trouble.no-key-kept",
  challenge_refused: "account-trouble.took-long",
  not_recognised: "account-trouble.not-recognised",
  too_many_requests: "account-trouble.often",
  space_taken: "account-trouble.taken",
  account_deleted: "account-trouble.deleted",
};

const MISTAKEN: Readonly<Record<string, Key>> = {
  "code-length": "account-trouble.code-length",
  "code-sign": "account-trouble.code-sign",
  "code-mistyped": "account-trouble.code-mistyped",
};

/** The sentence for what went wrong; throws again what nobody foresaw. Scripts fetched late make it: it is known by its name. */
export function accountTrouble(cause: unknown): string {
  if (cause instanceof StoreFailure) return t(cause.code === "no-key" ? "account-trouble.no-key-kept" : "account-trouble.not-kept");
  const { name, code = "" } = cause as { readonly name?: string; readonly code?: string };
  if (name === "AccountFailure") return t(SENTENCES[code as AccountFailureCode] ?? "account-trouble.not-now");
  if (name === "CodeMistaken") return t(MISTAKEN[code] ?? "account-trouble.code-mistyped");
  if (name === "RollRefused" || name === "NewerFormat") return t("account-trouble.not-believed");
  throw cause;
}
