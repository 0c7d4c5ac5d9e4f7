import assert from "node:assert/strict";
import { describe, test } from "node:test";
import addresses from "../../pwa/shell/addresses.json" with { type: "json" };
import { type Asked, type Route, routeOf } from "../../service_worker/routes.ts";

const origin = "https://cairn.example";
const site = {
  origin,
  keeps: (url: string) => url.split("#")[0] === `${origin}/static/built/app-A1.js` || url === `${origin}/static/notice.html`,
};

const visit = (path: string, changed: Partial<Asked> = {}): Asked => ({
  url: new URL(path, origin).href,
  method: "GET",
  mode: "navigate",
  destination: "document",
  ...changed,
});
const load = (path: string, destination: string): Asked => visit(path, { mode: "no-cors", destination });

const table: readonly [string, Asked, Route][] = [
  ["the first page", visit("/"), "shell"],
  ["the first page as an installed app opens it", visit("/?from=home-screen"), "shell"],
  ["a day", visit("/diary/2026-02-28"), "shell"],
  ["a day with a slash too many", visit("/diary/2026-02-28/"), "shell"],
  ["an address with a fragment", visit("/diary#noon"), "shell"],
  ["an address below a known one", visit("/diary/2026-02-28/page"), "unknown address"],
  ["an address nobody knows", visit("/nowhere"), "unknown address"],
  ["an address that begins like the API", visit("/apiary"), "unknown address"],
  ["a kept file opened by itself", visit("/static/notice.html"), "file"],
  ["an address sent a form", visit("/check-in", { method: "POST" }), "network"],
  ["an address asked for its headers", visit("/", { method: "HEAD" }), "network"],
  ["an address fetched by a script, not visited", load("/diary", ""), "network"],
  ["a kept file", load("/static/built/app-A1.js", "script"), "file"],
  ["a kept file with a fragment", load("/static/built/app-A1.js#part", "script"), "file"],
  ["a kept file with a query", load("/static/built/app-A1.js?v=2", "script"), "refused"],
  ["a script of another version", load("/static/built/app-B2.js", "script"), "refused"],
  ["a style sheet of another version", load("/static/built/app-B2.css", "style"), "refused"],
  ["a worker of the page's own", load("/static/built/other.js", "worker"), "refused"],
  ["a picture nobody listed", load("/static/picture.png", "image"), "network"],
  ["the API", load("/api/v1/spaces", ""), "network"],
  ["the API, visited", visit("/api/v1/spaces"), "network"],
  ["the API itself", visit("/api"), "network"],
  ["a script below the API", load("/api/v1/x.js", "script"), "network"],
  ["the server's pulse", visit("/healthz"), "network"],
  ["the server's readiness", load("/readyz", ""), "network"],
  ["another origin", visit("https://elsewhere.example/diary"), "network"],
  ["another origin's script", load("https://elsewhere.example/static/built/app-A1.js", "script"), "network"],
  ["another port", visit("https://cairn.example:8443/"), "network"],
];

describe("each request has one place its answer comes from", () => {
  for (const [name, request, expected] of table) {
    test(`${name}: ${expected}`, () => assert.equal(routeOf(request, site), expected));
  }

  test("each address of the app is answered with the shell", () => {
    assert.ok(addresses.length > 0);
    for (const { path } of addresses) assert.equal(routeOf(visit(path.replace(/:\w+/g, "x1")), site), "shell", path);
  });
});
