import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../../pwa/client/vault/", import.meta.url);
const docs = new URL("../../../docs/", import.meta.url);
const page = ["envelope-format.md", "keys.md", "group-keys.md"].map((name) => readFileSync(new URL(name, docs), "utf8")).join("\n");
const source = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

test("every label that keys and slots are bound to is written down", () => {
  const labels = namesIn(source, /"(cairn\/[^"]+)"/g);
  assert.ok(labels.length >= 4);
  assert.deepEqual(undocumented(labels), []);
});

test("every code that the vault refuses with is written down", () => {
  const codes = [
    ...namesIn(source, /code = "([^"]+)"/g),
    ...namesIn(source, /"((?:wrong|roll|slot|code|prf)-[a-z-]+|damaged|last-slot)"/g),
  ];
  assert.ok(codes.length >= 20);
  assert.deepEqual(undocumented(codes), []);
});

test("a label or a code that is not written down is found", () => {
  assert.deepEqual(undocumented(["cairn/1/record", "cairn/1/nowhere"]), ["cairn/1/nowhere"]);
});

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([, name = ""]) => name))];
}

function undocumented(names: readonly string[]): string[] {
  return names.filter((name) => !page.includes(`\`${name}\``));
}
