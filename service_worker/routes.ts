/** Which request is answered from where. Pure: the worker does what this says. */
import { parse } from "regexparam";
import addresses from "../pwa/shell/addresses.json" with { type: "json" };

/**
 * - `file`: one of the files of this version; from the cache, or the same bytes again.
 * - `shell`: an address of the app; the page itself, whatever the network does.
 * - `unknown address`: the server knows, perhaps; the shell when it cannot be asked, which then says "not found".
 * - `refused`: a script or a style sheet that is not of this version. It would run, so it gets no chance.
 * - `network`: not this worker's business; the request goes as if there were none.
 */
export type Route = "file" | "shell" | "unknown address" | "refused" | "network";

/** What is asked of a request: the parts of the Fetch standard's Request that decide. */
export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly mode: string;
  readonly destination: string;
}

export interface Site {
  readonly origin: string;
  /** Says whether this version holds exactly that URL, its query included, its fragment aside. */
  readonly keeps: (url: string) => boolean;
}

const knownPaths = addresses.map(({ path }) => parse(path).pattern);
const serversOwn = /^\/(api(\/|$)|healthz$|readyz$)/;
const code = new Set(["script", "style", "worker", "sharedworker", "audioworklet", "paintworklet", "xslt", "embed", "object"]);

/** Say where the answer to a request comes from. */
export function routeOf(request: Asked, site: Site): Route {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== site.origin || serversOwn.test(url.pathname)) return "network";
  if (request.mode === "navigate" && knownPaths.some((path) => path.test(url.pathname))) return "shell";
  if (site.keeps(request.url)) return "file";
  if (request.mode === "navigate") return "unknown address";
  return code.has(request.destination) ? "refused" : "network";
}
