/** What can go wrong between a person, their passkey and the site, by the code that screens know it by. */

export type AccountFailureCode =
  /** The site did not answer. */
  | "no-connection"
  /** The site answered with something that no page of these docs describes. */
  | "not-understood"
  /** The person closed the browser's question, or it ran out. */
  | "passkey-declined"
  /** The same, while one was being made. */
  | "passkey-not-made"
  /** This browser or phone has no passkeys of the kind that is needed. */
  | "passkey-not-here"
  /** It is not what opens the diary on this phone. */
  | "wrong-passkey"
  | "wrong-code"
  /** The passkey signs in, and does not open the vault: the code does. */
  | "needs-code"
  /** It opens an account, and not the one of the diary that is here. */
  | "another-account"
  /** One of the codes of docs/errors.md. */
  | ProblemCode;

const PROBLEMS = [
  "account_deleted",
  "body_refused",
  "challenge_refused",
  "code_taken",
  "csrf_refused",
  "database_busy",
  "entry_refused",
  "not_found",
  "not_recognised",
  "passkey_known",
  "passkey_refused",
  "proof_needed",
  "signed_out",
  "space_taken",
  "too_many_passkeys",
  "too_many_requests",
] as const;

/** Those problems of docs/errors.md that the app answers differently. Others are `not-understood`. */
export type ProblemCode = (typeof PROBLEMS)[number];

export class AccountFailure extends Error {
  override readonly name = "AccountFailure";
  readonly code: AccountFailureCode;

  constructor(code: AccountFailureCode, options?: ErrorOptions) {
    super(`The account's step did not come about: ${code}.`, options);
    this.code = code;
  }
}

/** Whether this is one of the codes the app knows. */
export function isProblemCode(code: unknown): code is ProblemCode {
  return (PROBLEMS as readonly unknown[]).includes(code);
}
