import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { join, joinAll } from "../../../pwa/client/replica/join.ts";
import { canonical, covers, EMPTY, type State } from "../../../pwa/client/replica/state.ts";
import { entry, state, values, writer } from "./examples.ts";

const same = (one: State, other: State) => assert.equal(canonical(one), canonical(other));

test("an entry known on one side and unseen on the other stays", () => {
  const joined = join(state({ a: 1 }, entry("note", "a", 1, "Tired")), state({ b: 1 }, entry("pain", "b", 1, 4)));
  same(joined, state({ a: 1, b: 1 }, entry("note", "a", 1, "Tired"), entry("pain", "b", 1, 4)));
});

test("an entry replaced on one side is replaced", () => {
  const replaced = state({ a: 1, b: 1 }, entry("note", "b", 1, "Better"));
  same(join(state({ a: 1 }, entry("note", "a", 1, "Tired")), replaced), replaced);
});

test("two texts written without knowing of each other both stay", () => {
  const joined = join(state({ a: 1 }, entry("note", "a", 1, "Tired")), state({ b: 1 }, entry("note", "b", 1, "Sore")));
  assert.deepEqual(values(joined, "note"), ["Sore", "Tired"]);
});

test("a field of a newer app is carried like any other", () => {
  const newer = state({ a: 1 }, entry("colour of the sky", "a", 1, { hue: 200 }));
  const joined = join(state({ b: 1 }, entry("note", "b", 1, "Tired")), newer);
  assert.deepEqual(values(joined, "colour of the sky"), [{ hue: 200 }]);
});

test("one dot with two values: both stay, until one side has replaced the dot", () => {
  const one = state({ a: 1 }, entry("note", "a", 1, "Tired"));
  const other = state({ a: 1 }, entry("note", "a", 1, "Sore"));
  const elsewhere = state({ a: 1 }, entry("pain", "a", 1, 4));
  const joined = joinAll([one, other, elsewhere]);
  assert.deepEqual(values(joined, "note"), ["Sore", "Tired"]);
  assert.deepEqual(values(joined, "pain"), [4]);
  same(join(joined, state({ a: 2 })), state({ a: 2 }));
});

test("an erased state changes nothing; a state whose last entry was removed does", () => {
  const there = state({ a: 1 }, entry("note", "a", 1, "Tired"));
  same(join(EMPTY, there), there);
  same(join(state({ a: 2 }), there), state({ a: 2 }));
});

test("a writer's id spelt like an inherited method is a writer like others", () => {
  const inherited = "__defineGetter__";
  const vector = { [writer("a")]: 1 };
  assert.equal(covers(vector, { writer: inherited as ReturnType<typeof writer>, n: 1 }), false);
  const joined = join({ entries: [], writers: vector }, { entries: [], writers: { [inherited]: 3 } });
  assert.equal(joined.writers[inherited], 3);
});

/** Any state in which the vector covers every entry, dots with several contents among them. */
const states: fc.Arbitrary<State> = fc
  .record({
    entries: fc.array(
      fc.record({
        field: fc.constantFrom("note", "pain", "tag/walk"),
        letter: fc.constantFrom("a", "b", "c"),
        n: fc.integer({ min: 1, max: 3 }),
        value: fc.constantFrom<string | number>("Tired", "Sore", 4),
      }),
      { maxLength: 8 },
    ),
    beyond: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer({ min: 1, max: 4 })),
  })
  .map(({ entries, beyond }) => {
    const writers: Record<string, number> = { ...beyond };
    for (const { letter, n } of entries) writers[letter] = Math.max(writers[letter] ?? 0, n);
    return state(writers, ...entries.map(({ field, letter, n, value }) => entry(field, letter, n, value)));
  });

const seed = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const law = (name: string, holds: (a: State, b: State, c: State) => void) =>
  test(name, (context) => {
    context.diagnostic(`CAIRN_SEED=${seed}`);
    fc.assert(fc.property(states, states, states, holds), { seed, numRuns: 2_000 });
  });

law("join commutes", (a, b) => same(join(a, b), join(b, a)));
law("join associates", (a, b, c) => same(join(join(a, b), c), join(a, join(b, c))));
law("join is idempotent", (a, b) => {
  same(join(a, structuredClone(a)), a);
  same(join(join(a, b), b), join(a, b));
});
law("join loses no dot that neither side has replaced", (a, b) => {
  const has = (said: State, dot: { writer: string; n: number }) =>
    said.entries.some(({ writer: by, n }) => by === dot.writer && n === dot.n);
  const joined = join(a, b);
  for (const one of a.entries) {
    const isReplaced = covers(b.writers, one) && !has(b, one);
    assert.equal(has(joined, one), !isReplaced);
  }
});
