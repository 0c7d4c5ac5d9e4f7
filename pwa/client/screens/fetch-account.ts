/** The way to the third script, which holds everything that speaks to the site: nothing else imports it. */
let coming: Promise<typeof import("./with-account.ts")> | null = null;

/** Fetch it, from the phone if it is there, once. Rejects where it cannot be had. Its words come with the second. */
export function fetchAccount(): Promise<typeof import("./with-account.ts")> {
  coming ??= import("./with-account.ts").catch((lost: unknown) => {
    coming = null;
    throw lost;
  });
  return coming;
}
