import assert from "node:assert/strict";
import { test } from "node:test";
import { listFaults, parseSource } from "../../../pwa/client/build/sources.ts";
import { folderOf } from "./arrows.ts";
import { findImpurities } from "./purity.ts";
import { clientSources } from "./tree.ts";

const sources = await clientSources();

for (const folder of ["domain", "replica"]) {
  test(`${folder} knows no clock, no chance and no world`, () => {
    const own = sources.filter(({ path }) => folderOf(path) === folder);
    assert.ok(own.length > 3, "sources were found");
    assert.equal(listFaults(findImpurities(own)), "");
  });
}

const IMPURE = [
  "export const now = () => Date.now();",
  "export const now = new Date();",
  "export const now = Date();",
  "export const noon = new Date(2026, 10, 23);",
  "export const hour = (date: Date) => date.getHours();",
  "export const day = (date: Date) => date.toLocaleDateString();",
  "export const dice = Math.random;",
  "export const id = () => crypto.randomUUID();",
  "export const start = performance.now();",
  'export const ask = () => fetch("/");',
  "setTimeout(() => 1, 5);",
  "export const world = { fetch };",
  "const { TextEncoder, Date } = globalThis;",
];

for (const text of IMPURE) {
  test(`planted: ${text} is found`, () => {
    assert.match(listFaults(findImpurities([parseSource("pwa/client/domain/planted.ts", text)])), /planted\.ts:1: This is pure/);
  });
}

test("a name that only looks like a clock is let through", () => {
  const text =
    "export const when = (at: number, crypto: { fetch: string }) => [new Date(at).getUTCHours(), crypto.fetch, { performance: 1 }];";
  assert.deepEqual(findImpurities([parseSource("pwa/client/domain/fine.ts", text)]), []);
});
