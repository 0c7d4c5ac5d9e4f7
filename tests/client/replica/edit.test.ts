import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBody, parseBody, revisionSize } from "../../../pwa/client/replica/body.ts";
import { type Change, type EditAsked, EditRefused, edit } from "../../../pwa/client/replica/edit.ts";
import { historyOf, stateOf } from "../../../pwa/client/replica/heads.ts";
import { LARGEST_REVISION, LAST_INSTANT } from "../../../pwa/client/replica/limits.ts";
import { canonical, entriesOf } from "../../../pwa/client/replica/state.ts";
import { erase } from "../../../pwa/client/replica/trash.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";
import { entry, opened, revisionId, sent, state, values, writer } from "./examples.ts";

const tired = state({ a: 1 }, entry("note", "a", 1, "Tired"));

/** An edit by writer b at 10 ms, unless told otherwise. */
function edited(asked: Partial<EditAsked>) {
  const usual = { heads: [], writer: writer("b"), lastN: 0, now: 10, changes: [], freshWriter: () => writer("f") };
  return edit({ ...usual, ...asked });
}

function write(field: string, value: Value | undefined, ...shown: Change["shown"]): Change {
  return { field, value, shown };
}

function refuses(code: EditRefused["code"], ...changes: readonly Change[]) {
  assert.throws(
    () => edited({ changes }),
    (error) => error instanceof EditRefused && error.code === code,
  );
}

test("the first edit of a record has no parents and its writer's first number", () => {
  const { state: made, parents, n } = edited({ changes: [write("note", "Tired")] });
  assert.deepEqual(made, state({ b: 1 }, entry("note", "b", 1, "Tired", 10)));
  assert.deepEqual([parents, n], [[], 1]);
});

test("an edit replaces what was shown, keeps the rest, and names the heads it joined", () => {
  const heads = [opened(1, [], tired), opened(2, [], state({ c: 1 }, entry("pain", "c", 1, 4)))];
  const { state: made, parents } = edited({ heads, changes: [write("note", "Rested", ...tired.entries)] });
  assert.deepEqual(values(made, "note"), ["Rested"]);
  assert.deepEqual(values(made, "pain"), [4]);
  assert.deepEqual(parents, [revisionId(1), revisionId(2)]);
});

test("a text that arrived while the person typed stays beside the new one", () => {
  const arrived = opened(2, [1], state({ a: 1, c: 1 }, entry("note", "c", 1, "Tired and sore")));
  const { state: made } = edited({ heads: [arrived], changes: [write("note", "Rested", ...tired.entries)] });
  assert.deepEqual(values(made, "note"), ["Rested", "Tired and sore"]);
});

test("what was shown of one field removes nothing in another", () => {
  const both = state({ a: 2 }, entry("note", "a", 1, "Tired"), entry("pain", "a", 2, 4));
  const { state: made } = edited({ heads: [opened(1, [], both)], changes: [write("note", "Rested", ...both.entries)] });
  assert.deepEqual(values(made, "pain"), [4]);
});

test("an edit without a value only removes, and uses a number all the same", () => {
  const { state: made, n } = edited({
    heads: [opened(1, [], tired)],
    changes: [write("note", undefined, ...tired.entries)],
  });
  assert.equal(canonical(made), canonical(state({ a: 1, b: 1 })));
  assert.equal(n, 1);
});

test("an edit without changes writes the record anew", () => {
  const { state: made, parents } = edited({ heads: [opened(1, [], tired)] });
  assert.deepEqual(made.entries, tired.entries);
  assert.deepEqual(parents, [revisionId(1)]);
});

test("every change of one edit has a dot of its own", () => {
  const { state: made, n } = edited({ changes: [write("note", "Tired"), write("pain", 4)] });
  assert.deepEqual(made, state({ b: 2 }, entry("note", "b", 1, "Tired", 10), entry("pain", "b", 2, 4, 10)));
  assert.equal(n, 2);
});

test("a clock that stands behind the record goes on from the record", () => {
  const ahead = opened(1, [], state({ a: 1 }, entry("note", "a", 1, "Tired", 5_000)));
  const { state: made } = edited({ heads: [ahead], now: 10, changes: [write("pain", 4)] });
  assert.equal(entriesOf(made, "pain")[0]?.at, 5_001);
});

test("a time at the end of all clocks stays one that can be read", () => {
  const last = opened(1, [], state({ a: 1 }, entry("note", "a", 1, "Tired", LAST_INSTANT)));
  const { state: made } = edited({ heads: [last], now: 10.5, changes: [write("pain", 4)] });
  assert.deepEqual(parseBody(encodeBody("check-in", made)).state, made);
});

test("after an erasure a writer does not go on, so an edit unseen by the eraser still returns whole", () => {
  const first = sent(1, edited({ changes: [write("note", "Tired")] }));
  const unseen = sent(2, edited({ heads: [first], writer: writer("c"), changes: [write("pain", 4)] }));
  const erased = sent(3, erase([first]));
  const again = edited({ heads: [erased], lastN: 1, changes: [write("sleep", 7)] });
  assert.equal(again.writer, writer("f"));
  const together = stateOf(historyOf([first, unseen, erased, sent(4, again)]));
  assert.deepEqual(values(together, "note"), ["Tired"]);
  assert.deepEqual(values(together, "pain"), [4]);
  assert.deepEqual(values(together, "sleep"), [7]);
});

test("heads that do not fit into one revision are left out, those shown last of all", () => {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ghij"];
  const large = letters.map((by, i) => opened(i, [], state({ [by]: 1 }, entry("note", by, 1, `${i} ${"x".repeat(9_000)}`))));
  const shown = large[39]?.state.entries ?? [];
  const made = edited({ heads: large, writer: writer("z"), changes: [write("note", "Short", ...shown)] });
  assert.ok(made.parents.length > 20 && made.parents.length < 40);
  assert.ok(made.parents.includes(revisionId(39)));
  assert.ok(revisionSize(made) <= LARGEST_REVISION);
  const together = stateOf(historyOf([...large, sent(50, made)]));
  assert.equal(values(together, "note").length, 40);
});

test("a writer whose own head had to be left out is followed by a fresh one", () => {
  const heads = [opened(1, [], tired), opened(2, [], state({ b: 1 }, entry("note", "b", 1, "Sore")))];
  const sizeOf = ({ parents }: { parents: readonly unknown[] }) => (parents.length > 1 ? LARGEST_REVISION + 1 : 1);
  const made = edited({ heads, lastN: 1, sizeOf, changes: [write("note", "Rested", ...tired.entries)] });
  assert.equal(made.writer, writer("f"));
  assert.deepEqual(values(stateOf(historyOf([...heads, sent(3, made)])), "note"), ["Rested", "Sore"]);
});

test("more than 255 heads are not named at once", () => {
  const heads = Array.from({ length: 300 }, (_, i) => ({
    ...opened(1, [], tired),
    id: `${i}` as ReturnType<typeof revisionId>,
  }));
  assert.equal(edited({ heads }).parents.length, 255);
});

test("what is no value is refused", () => {
  refuses("not-a-value", write("pain", 4.5));
  refuses("not-a-value", write("pain", Number.NaN));
  refuses("not-a-value", write("pain", 2 ** 53));
  refuses("not-a-value", write("pain", [new Date() as unknown as Value]));
  refuses("not-a-value", write("pain", new Array(2)));
});

test("text of 10,000 characters is taken, emoji counted as one; one more is refused", () => {
  assert.ok(edited({ changes: [write("note", "🙂".repeat(10_000))] }));
  refuses("text-too-long", write("note", "x".repeat(10_001)));
  refuses("text-too-long", write("note", ["🙂".repeat(10_001)]));
});

test("a field without a name, with an endless name, or named twice is refused", () => {
  refuses("field-name", write("", 1));
  refuses("field-name", write("x".repeat(201), 1));
  refuses("field-twice", write("pain", 1), write("pain", 2));
});

test("what is too large for any revision is refused", () => {
  refuses(
    "too-large",
    write(
      "list",
      Array.from({ length: 30 }, () => "x".repeat(10_000)),
    ),
  );
});

test("a writer without numbers left is followed by a fresh one, whose words no vector takes away", () => {
  for (const left of [0, 1]) {
    const spent = opened(1, [], state({ b: Number.MAX_SAFE_INTEGER - left }));
    for (const lastN of [0, Number.MAX_SAFE_INTEGER - left]) {
      const made = edited({ lastN, heads: [spent], changes: [write("note", "Rested"), write("pain", 4)] });
      assert.deepEqual([made.writer, made.n], [writer("f"), 2]);
      const together = stateOf(historyOf([spent, sent(2, made)]));
      assert.deepEqual(values(together, "note"), ["Rested"]);
      assert.deepEqual(parseBody(encodeBody("check-in", made.state)).state, made.state);
    }
  }
});
