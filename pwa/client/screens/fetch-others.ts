/** The way from the first screens to the second script: nothing else imports it. */
import { learnLater } from "../words/index.ts";

let coming: Promise<typeof import("./others.ts")> | null = null;

/** Fetch the second script and its words, from the phone if they are there, once. Rejects where they cannot be had. */
export function fetchOthers(): Promise<typeof import("./others.ts")> {
  coming ??= Promise.all([import("./others.ts"), learnLater()]).then(
    ([module]) => module,
    (lost: unknown) => {
      coming = null;
      throw lost;
    },
  );
  return coming;
}
