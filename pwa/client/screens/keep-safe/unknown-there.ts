/** Whether the site knows no such passkey or code: it may have lost its copy. Scripts fetched late make it: it is known by its name. */
export function isUnknownThere(cause: unknown): boolean {
  const { name, code } = cause as { readonly name?: string; readonly code?: string };
  return name === "AccountFailure" && code === "not_recognised";
}
