/** The way from the first screens to the second script: nothing else imports it. */
import { learnLater } from "../words/index.ts";

/** Fetch the second script and its words, from the phone if they are there. Rejects where they cannot be had. */
export async function fetchOthers(): Promise<typeof import("./others.ts")> {
  const [module] = await Promise.all([import("./others.ts"), learnLater()]);
  return module;
}
