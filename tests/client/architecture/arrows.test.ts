import assert from "node:assert/strict";
import { test } from "node:test";
import { listFaults, parseSource } from "../../../pwa/client/build/sources.ts";
import { findCycles, findForbiddenArrows, findSecretsInReach, folderOf, importsOf, TABLE } from "./arrows.ts";
import { clientSources } from "./tree.ts";

const sources = await clientSources();

test("every folder imports only what the table lets it", () => {
  assert.ok(sources.flatMap(importsOf).length > 100, "imports were found");
  assert.equal(listFaults(findForbiddenArrows(sources)), "");
});

test("every folder of the table is there", () => {
  const folders = new Set(sources.map(({ path }) => folderOf(path)));
  assert.deepEqual([...folders].sort(), Object.keys(TABLE).sort());
});

test("no imports go in a round", () => {
  assert.equal(listFaults(findCycles(sources)), "");
});

test("the service worker reaches neither vault, nor replica, nor store", () => {
  assert.ok(sources.some(({ path }) => folderOf(path) === "service_worker"));
  assert.equal(listFaults(findSecretsInReach(sources)), "");
});

const FORBIDDEN: readonly (readonly [path: string, text: string, says: RegExp])[] = [
  ["pwa/client/domain/win.ts", 'import { t } from "../words/index.ts";', /domain may not know words/],
  ["pwa/client/replica/join.ts", 'import type { Keys } from "../vault/keys.ts";', /replica may not know vault/],
  ["pwa/client/vault/keys.ts", 'export * from "../store/index.ts";', /vault may not know store/],
  ["pwa/client/store/index.ts", 'const later = () => import("../screens/today/today.tsx");', /store may not know screens/],
  ["pwa/client/components/button.tsx", 'let store: import("../store/index.ts").Store;', /components may not know store/],
  ["pwa/client/screens/today/today.tsx", 'import { join } from "../../replica/join.ts";', /screens may not know replica/],
  ["pwa/client/app.tsx", 'import { build } from "./build/assets.ts";', /app may not know build/],
  ["pwa/client/domain/win.ts", 'import { signal } from "@preact/signals";', /domain may not use @preact\/signals/],
  ["pwa/client/vault/keys.ts", 'import { openDB } from "idb";', /vault may not use idb/],
  ["pwa/client/screens/today/today.tsx", 'import { Moment } from "moment";', /screens may not use moment/],
  ["pwa/client/screens/today/today.tsx", "const some = (name: string) => import(name);", /Nobody can tell/],
  ["pwa/client/shapes/index.ts", "export const a = 1;", /shapes is not in the table/],
  ["service_worker/worker.ts", 'import { t } from "../pwa/client/words/index.ts";', /service_worker may not know words/],
];

for (const [path, text, says] of FORBIDDEN) {
  test(`planted: ${text} in ${path} is found`, () => {
    assert.match(listFaults(findForbiddenArrows([parseSource(path, text)])), says);
  });
}

test("planted: two screens that import each other are found, though no file does", () => {
  const planted = [
    parseSource("pwa/client/screens/diary/diary.tsx", 'import { Win } from "../wins/win.tsx";'),
    parseSource("pwa/client/screens/wins/wins.tsx", 'import { Day } from "../diary/day.tsx";'),
    parseSource("pwa/client/screens/wins/win.tsx", "export const Win = 1;"),
    parseSource("pwa/client/screens/diary/day.tsx", "export const Day = 1;"),
  ];
  assert.match(listFaults(findCycles(planted)), /screens\/diary → screens\/wins → screens\/diary/);
});

test("planted: two files that import each other are found", () => {
  const planted = [
    parseSource("pwa/client/domain/goal.ts", 'import { step } from "./step.ts"; export const goal = step;'),
    parseSource("pwa/client/domain/step.ts", 'import { goal } from "./goal.ts"; export const step = goal;'),
  ];
  assert.match(listFaults(findCycles(planted)), /goal\.ts → .*step\.ts → .*goal\.ts/);
});

test("planted: a worker that reaches the vault over two files is found", () => {
  const planted = [
    parseSource("service_worker/worker.ts", 'import "./caches.ts";'),
    parseSource("service_worker/caches.ts", 'import "../pwa/client/shell/update.ts";'),
    parseSource("pwa/client/shell/update.ts", 'import "../vault/keys.ts";'),
  ];
  assert.match(listFaults(findSecretsInReach(planted)), /shell\/update\.ts:1: The service worker reaches vault/);
});
