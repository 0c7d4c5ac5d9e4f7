/**
 * The events of Cairn's service worker. What they mean is in `app-cache.ts` and `routes.ts`.
 *
 * The server puts the list of files in the place of the text "__CAIRN_PRECACHE__", quotes included. A script whose
 * list is missing or malformed throws here, is never registered, and the version before it goes on.
 */
import { openAppCache } from "./app-cache.ts";
import { parsePrecacheList } from "./precache-list.ts";
import { routeOf } from "./routes.ts";
import { WAKE, type WakeEvent, wakeTab } from "./wake.ts";

declare const self: ServiceWorkerGlobalScope;

const app = openAppCache(parsePrecacheList("__CAIRN_PRECACHE__"));
const site = { origin: self.location.origin, keeps: app.keeps };

self.addEventListener("install", (event) => {
  event.waitUntil(app.download(event));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim().then(() => app.dropOldFiles(event)));
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "take-over") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "count-tabs") event.waitUntil(countTabs().then((tabs) => event.ports[0]?.postMessage(tabs)));
});

(self as EventTarget).addEventListener("sync", (event) => {
  const woken = event as WakeEvent;
  if (woken.tag === WAKE) woken.waitUntil(wakeTab(self.clients));
});

self.addEventListener("fetch", (event) => {
  switch (routeOf(event.request, site)) {
    case "file":
      event.respondWith(app.file(event));
      break;
    case "shell":
      event.respondWith(app.shell(event));
      break;
    case "unknown address":
      event.respondWith(fetch(event.request).catch(() => app.shell(event)));
      break;
    case "refused":
      event.respondWith(Response.error());
      break;
    case "network":
      break;
  }
});

async function countTabs(): Promise<number> {
  return (await self.clients.matchAll({ type: "window", includeUncontrolled: true })).length;
}
