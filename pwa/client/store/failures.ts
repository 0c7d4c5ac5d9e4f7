/** What can go wrong between the app and the phone's storage, by the code that screens and catalogue know it by. */

export type StoreFailureCode =
  /** The browser gives no database. */
  | "unavailable"
  /** A later version of the app has been here. */
  | "later-version"
  /** The phone has no room left. */
  | "full"
  /** The database was cleared while the app was open. */
  | "gone"
  /** The browser gave up on a transaction, or failed in a way of its own. */
  | "not-kept"
  /** The words that open the diary were others. */
  | "wrong-words"
  /** The key of this diary does not open here. */
  | "no-key"
  /** What was to be written cannot be: too long, or not a value. */
  | "refused";

export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
  readonly code: StoreFailureCode;

  constructor(code: StoreFailureCode, options?: ErrorOptions) {
    super(`The diary could not be kept or opened: ${code}.`, options);
    this.code = code;
  }
}

/** Give what failed its code; `otherwise` where the browser does not say what it was. */
export function failureOf(cause: unknown, otherwise: "not-kept" | "unavailable" = "not-kept"): StoreFailure {
  if (cause instanceof StoreFailure) return cause;
  return new StoreFailure(isFull(cause) ? "full" : otherwise, { cause });
}

/** Whether the browser says that there is no room. */
export function isFull(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === "QuotaExceededError";
}
