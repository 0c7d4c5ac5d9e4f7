import assert from "node:assert/strict";
import { test } from "node:test";
import { elements, shownEntry, shownTexts } from "../../../pwa/client/replica/shown.ts";
import { EMPTY } from "../../../pwa/client/replica/state.ts";
import { entry, state, writer } from "./examples.ts";

test("of a number the one written last is shown, and at the same time the greater writer's", () => {
  const said = state({ a: 1, b: 1, c: 1 }, entry("pain", "b", 1, 5, 9), entry("pain", "a", 1, 4, 9), entry("pain", "c", 1, 7, 3));
  assert.equal(shownEntry(said, "pain")?.value, 5);
  assert.equal(shownEntry(said, "sleep"), undefined);
});

test("all different texts are shown, newest first, equal ones once with all their dots", () => {
  const said = state(
    { a: 1, b: 1, c: 1 },
    entry("note", "a", 1, "Tired", 1),
    entry("note", "b", 1, "Sore", 3),
    entry("note", "c", 1, "Tired", 2),
    entry("thanks", "c", 1, "Ann", 4),
  );
  assert.deepEqual(shownTexts(said, "note"), [
    { text: "Sore", at: 3, dots: [{ writer: writer("b"), n: 1 }] },
    {
      text: "Tired",
      at: 2,
      dots: [
        { writer: writer("c"), n: 1 },
        { writer: writer("a"), n: 1 },
      ],
    },
  ]);
});

test("an element of a set is there while it has an entry", () => {
  const said = state({ a: 1, b: 1 }, entry("tag/walk", "a", 1, true), entry("tag/walk", "b", 1, true), entry("tag/bath", "b", 2, true));
  assert.deepEqual(elements(said, "tag/"), ["bath", "walk"]);
  assert.deepEqual(elements(EMPTY, "tag/"), []);
});

test("showing does not depend on the order of entries", () => {
  const twice = [entry("pain", "a", 1, "b", 1), entry("pain", "a", 1, "a", 1)];
  const shown = shownEntry(state({ a: 1 }, ...twice), "pain")?.value;
  assert.equal(shownEntry(state({ a: 1 }, ...twice.reverse()), "pain")?.value, shown);
});
