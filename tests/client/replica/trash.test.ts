import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, type Edited, edit } from "../../../pwa/client/replica/edit.ts";
import { historyOf, type Opened, stateOf } from "../../../pwa/client/replica/heads.ts";
import { isErased, type State } from "../../../pwa/client/replica/state.ts";
import { erase, isInTrash, putBackChange, trashChange } from "../../../pwa/client/replica/trash.ts";
import { entry, opened, sent, state, values, writer } from "./examples.ts";

const first = opened(1, [], state({ a: 1 }, entry("note", "a", 1, "Tired")));

function by(letter: string, heads: readonly Opened[], change: Change): Edited {
  return edit({ heads, writer: writer(letter), lastN: 0, now: 10, changes: [change], freshWriter: () => writer("f") });
}

function together(...revisions: readonly Opened[]): State {
  return stateOf(historyOf(revisions));
}

test("a deleted record is in the trash and keeps all it had", () => {
  const deleted = together(first, sent(2, by("a", [first], trashChange(first.state))));
  assert.equal(isInTrash(deleted), true);
  assert.deepEqual(values(deleted, "note"), ["Tired"]);
});

test("what was put back is not in the trash", () => {
  const deleted = sent(2, by("a", [first], trashChange(first.state)));
  const back = together(first, deleted, sent(3, by("b", [deleted], putBackChange(deleted.state))));
  assert.equal(isInTrash(back), false);
  assert.deepEqual(values(back, "note"), ["Tired"]);
});

test("an edit that did not know of the delete brings the record back", () => {
  const deleted = sent(2, by("a", [first], trashChange(first.state)));
  const edited = sent(3, by("b", [first], { field: "pain", value: 4, shown: [] }));
  assert.equal(isInTrash(together(first, deleted, edited)), false);
});

test("an edit saved into the trash by an editor that stood open brings the record back", () => {
  const deleted = sent(2, by("a", [first], trashChange(first.state)));
  const saved = sent(3, by("b", [deleted], { field: "note", value: "Rested", shown: first.state.entries }));
  assert.equal(isInTrash(together(first, deleted, saved)), false);
});

test("a delete made without having seen everything does not delete what was not seen", () => {
  const other = opened(2, [], state({ b: 1 }, entry("note", "b", 1, "Sore")));
  const deleted = sent(3, by("c", [first, other], trashChange(first.state)));
  assert.equal(isInTrash(together(first, other, deleted)), false);
});

test("two who each deleted what they had seen have deleted all of it", () => {
  const other = opened(2, [], state({ b: 1 }, entry("note", "b", 1, "Sore")));
  const one = sent(3, by("a", [first], trashChange(first.state)));
  const two = sent(4, by("b", [other], trashChange(other.state)));
  assert.equal(isInTrash(together(first, other, one, two)), true);
});

test("deleting again replaces the delete that was shown", () => {
  const deleted = sent(2, by("a", [first], trashChange(first.state)));
  const edited = sent(3, by("b", [deleted], { field: "pain", value: 4, shown: [] }));
  const again = by("b", [edited], trashChange(edited.state)).state;
  assert.equal(isInTrash(again), true);
  assert.equal(values(again, "trash").length, 1);
});

test("an erased revision names every head and says nothing", () => {
  const deleted = sent(2, by("a", [first], trashChange(first.state)));
  const erased = erase([deleted]);
  assert.deepEqual(erased.parents, [deleted.id]);
  assert.equal(isErased(together(first, deleted, sent(3, erased))), true);
});

test("a trash entry that holds no vector deletes nothing", () => {
  for (const value of ["all", null, [1], { aaaaaaaaaaaaaaaa: "9" }] as const) {
    const odd = state({ a: 2 }, entry("note", "a", 1, "Tired"), entry("trash", "a", 2, value));
    assert.equal(isInTrash(odd), false);
  }
});
