/** Revisions that arrive on top of what is in memory: the same as reading all of them, or a word that all must be read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseRecordId } from "../../../pwa/client/replica/ids.ts";
import { canonical } from "../../../pwa/client/replica/state.ts";
import { onTopOf, type Read, readHeads } from "../../../pwa/client/store/reading.ts";
import type { Item } from "../../../pwa/client/store/records.ts";
import { broken, entry, opened, revisionId, state, waiting } from "../replica/examples.ts";

const RECORD = parseRecordId(revisionId(0));
const MOST_REVISIONS = 8;

/** A revision that says one thing; what waits or is broken has no type that could be told. */
function read(number: number, parents: readonly number[], verdict: Read["verdict"] = "opened"): Read {
  if (verdict === "waiting") return { ...waiting(number, parents), type: "" };
  if (verdict === "broken") return { ...broken(number, parents), type: "" };
  return { ...opened(number, parents, state({ a: number }, entry("note", "a", number, `text ${number}`))), type: "check-in" };
}

function said(item: Item | undefined) {
  return item && { type: item.type, heads: item.heads.map(({ id }) => id).sort(), state: canonical(item.state) };
}

function of(...reads: readonly Read[]): Item {
  return readHeads(RECORD, reads);
}

test("the first revision of a record that is not here is the record", () => {
  assert.deepEqual(said(onTopOf(RECORD, undefined, [read(1, [])])), said(of(read(1, []))));
});

test("a revision on every head takes the place of them all, one on some of them stands beside the rest", () => {
  const two = of(read(1, []), read(2, [1]), read(3, [1]));
  assert.deepEqual(
    onTopOf(RECORD, two, [read(4, [2, 3])])?.heads.map(({ id }) => id),
    [revisionId(4)],
  );
  assert.deepEqual(
    onTopOf(RECORD, two, [read(4, [2])])
      ?.heads.map(({ id }) => id)
      .sort(),
    [revisionId(3), revisionId(4)].sort(),
  );
});

test("several follow one upon the other", () => {
  const item = onTopOf(RECORD, of(read(1, [])), [read(2, [1]), read(3, [2])]);
  assert.deepEqual(said(item), said(of(read(1, []), read(2, [1]), read(3, [2]))));
});

test("one that is a head already changes nothing", () => {
  const item = of(read(1, []), read(2, [1]));
  assert.equal(onTopOf(RECORD, item, [read(2, [1])]), item);
});

const ON_OTHERS: readonly [string, Item | undefined, Read][] = [
  ["on a revision that is a head no more", of(read(1, []), read(2, [1])), read(3, [1])],
  ["on a head and on one that is none", of(read(1, []), read(2, [1])), read(3, [1, 2])],
  ["on a revision that is not here", of(read(1, [])), read(3, [2])],
  ["on nothing, though the record is here", of(read(1, [])), read(2, [])],
  ["on something, though the record is not here", undefined, read(2, [1])],
  ["and waits", of(read(1, [])), read(2, [1], "waiting")],
  ["and is broken", of(read(1, [])), read(2, [1], "broken")],
];
for (const [where, before, arrived] of ON_OTHERS) {
  test(`a revision that stands ${where}: all must be read`, () => {
    assert.equal(onTopOf(RECORD, before, [arrived]), undefined);
  });
}

test("law: on top of any part of a history, the rest gives what the whole gives, or asks for the whole", () => {
  let together = 0;
  const revision = fc.record({
    /** How far back each parent stands. */
    onto: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    verdict: fc.oneof({ weight: 12, arbitrary: fc.constant("opened" as const) }, fc.constantFrom("waiting" as const, "broken" as const)),
  });
  fc.assert(
    fc.property(fc.array(revision, { minLength: 1, maxLength: MOST_REVISIONS }), fc.integer({ min: 1, max: 3 }), (drawn, last) => {
      const all = drawn.map(({ onto, verdict }, at) => {
        const parents = new Set(onto.map((back) => at + 1 - back).filter((parent) => parent > 0));
        return read(at + 1, [...parents], verdict);
      });
      const [before, after] = [all.slice(0, -last), all.slice(-last)];
      const item = onTopOf(RECORD, before.length === 0 ? undefined : of(...before), after);
      if (item === undefined) return;
      together++;
      assert.deepEqual(said(item), said(of(...all)));
    }),
    { numRuns: 2_000 },
  );
  assert.ok(together > 200, `only ${together} histories were taken on top`);
});
