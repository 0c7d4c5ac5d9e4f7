/** The tree that the checks look at. */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readSources, type Source } from "../../../pwa/client/build/sources.ts";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Everything in TypeScript that is no test: the client, its build, the service worker. */
export function clientSources(): Promise<readonly Source[]> {
  return readSources(root, ["pwa/client", "service_worker"]);
}
