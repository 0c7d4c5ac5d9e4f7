/**
 * The files of the app on the phone: downloaded whole or not at all, and never other bytes than the list names.
 *
 * Workbox's PrecacheController keeps the cache. What it does not do by itself is added here:
 * - It keeps any answer below 400, redirects followed. Here only a plain 200 from the very address counts.
 * - It checks the digest only while installing. When a file has gone from the cache later, it asks the network again,
 *   without a digest for the shell and for whatever the page asks for in `no-cors` mode (style sheets, pictures).
 *   So the page's own request is never handed on: each answer starts from a fresh request that carries the digest.
 *   That also leaves out the page's headers, so a `Vary` cannot turn a kept file into a missing one.
 * - All versions share one cache. Cleaning up while yet another version downloads would take files from under it.
 */
import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import type { PinnedFile } from "./precache-list.ts";

declare const self: ServiceWorkerGlobalScope;

export interface AppCache {
  /** Whether this version holds exactly that URL, its query included, its fragment aside. */
  readonly keeps: (url: string) => boolean;
  /** Fetch what is not here yet. Rejects, and so fails the installation, unless every file is right. */
  readonly download: (event: ExtendableEvent) => Promise<void>;
  /** Delete the files of other versions, unless one of them is on its way in; then the next clean-up does it. */
  readonly dropOldFiles: (event: ExtendableEvent) => Promise<void>;
  /** Answer with the file asked for. A network error if it cannot be had with the right digest. */
  readonly file: (event: FetchEvent) => Promise<Response>;
  /** Answer with the page that shows every address. A network error, likewise, if it cannot be had. */
  readonly shell: (event: FetchEvent) => Promise<Response>;
}

const CACHE = "cairn-app";

export function openAppCache(files: readonly PinnedFile[]): AppCache {
  const controller = new PrecacheController({ cacheName: CACHE, plugins: [onlyPlainAnswers] });
  // The digest is the revision: a file is kept under its bytes, so no version can take another's for its own.
  controller.addToCacheList(files.map(({ url, integrity }) => ({ url, integrity, revision: integrity })));

  const answer = (event: FetchEvent, url: string): Promise<Response> => {
    const cacheKey = controller.getCacheKeyForURL(url) ?? "";
    const integrity = controller.getIntegrityForCacheKey(cacheKey) ?? "";
    return controller.strategy.handle({ event, request: new Request(url, { integrity }), params: { cacheKey, integrity } });
  };

  return {
    keeps: (url) => controller.getCacheKeyForURL(withoutFragment(url)) !== undefined,
    download: (event) => navigator.locks.request(CACHE, () => controller.install(event)).then(() => undefined),
    dropOldFiles: (event) =>
      navigator.locks.request(CACHE, { ifAvailable: true }, async (lock) => {
        const anotherComesIn = lock === null || self.registration.installing !== null || self.registration.waiting !== null;
        if (!anotherComesIn) await controller.activate(event);
      }),
    file: (event) => answer(event, withoutFragment(event.request.url)),
    shell: (event) =>
      answer(event, new URL("/", self.location.origin).href).catch((lost: unknown) => {
        // This version has lost its page and the server has another: only a new worker can help, so look for it now.
        event.waitUntil(self.registration.update().catch(() => undefined));
        throw lost;
      }),
  };
}

const onlyPlainAnswers = {
  // "no-cache" asks the server about what the page has just loaded: nothing is fetched twice, nothing stale is believed.
  // Later there is nothing to spare, and a file that came cut once must not come out of the browser's cache for ever.
  requestWillFetch: async ({ request }: { request: Request }) =>
    new Request(request, { cache: self.registration.active === null ? "no-cache" : "reload", redirect: "error" }),
  fetchDidSucceed: async ({ response }: { response: Response }) => {
    if (response.status !== 200 || response.type !== "basic") throw new TypeError(`${response.status} ${response.type}: ${response.url}`);
    return response;
  },
};

function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? url;
}
