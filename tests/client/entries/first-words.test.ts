import assert from "node:assert/strict";
import { test } from "node:test";
import { firstWords } from "../../../pwa/client/screens/entries/first-words.ts";

test("a short text stands whole, on one line", () => {
  assert.equal(firstWords("  Slower than I wanted,\n\nand it was enough. "), "Slower than I wanted, and it was enough.");
  assert.equal(firstWords("\n \t"), "");
});

test("a long text is cut between words, and says so", () => {
  const cut = firstWords("walk ".repeat(2000));
  assert.match(cut, /^(walk )+walk…$/);
  assert.ok(cut.length <= 181);
});

test("a long run of signs is cut where it must be, never within one", () => {
  assert.equal(firstWords("x".repeat(10_000)), `${"x".repeat(180)}…`);
  const family = "👩‍👧";
  for (const before of ["", "x", "xx"]) {
    const cut = firstWords(before + family.repeat(500));
    assert.doesNotMatch(cut, /\p{Surrogate}/u);
    assert.doesNotMatch(cut, /\u200d…$/);
  }
});
