import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type History, headsOf, historyOf, type Known, needsWritingAnew, stateOf } from "../../../pwa/client/replica/heads.ts";
import { canonical, EMPTY } from "../../../pwa/client/replica/state.ts";
import { broken, entry, opened, revisionId, state, stub, values, waiting } from "./examples.ts";
import { addRevision, NO_HISTORY } from "./step-by-step.ts";

const tired = state({ a: 1 }, entry("note", "a", 1, "Tired"));
const rested = state({ a: 1, b: 1 }, entry("note", "b", 1, "Rested"));
const ids = (revisions: readonly Known[]) => revisions.map(({ id }) => id).sort();

test("a revision that another names is no head", () => {
  assert.deepEqual(ids(headsOf([opened(1, [], tired), opened(2, [1], rested)])), [revisionId(2)]);
});

test("a child that comes before its parent keeps the parent from being a head", () => {
  const history = historyOf([opened(2, [1], rested), opened(1, [], tired)]);
  assert.deepEqual(ids(history.heads), [revisionId(2)]);
});

test("a waiting revision hides nothing, and is a head beside the others until it opens", () => {
  const history = historyOf([opened(1, [], tired), waiting(2, [1])]);
  assert.deepEqual(ids(history.heads), [revisionId(1)]);
  assert.deepEqual(ids(history.waiting), [revisionId(2)]);
  assert.deepEqual(values(stateOf(history), "note"), ["Tired"]);
  const later = addRevision(history, opened(2, [1], rested));
  assert.deepEqual(ids(later.heads), [revisionId(2)]);
  assert.deepEqual(later.waiting, []);
});

test("a waiting revision that an opened one names is no head", () => {
  const history = historyOf([waiting(1, []), opened(2, [1], rested)]);
  assert.deepEqual(history.waiting, []);
});

test("a broken revision counts as absent, and the heads it names are to be written anew", () => {
  const history = historyOf([opened(1, [], tired), broken(2, [1])]);
  assert.deepEqual(ids(history.heads), [revisionId(1)]);
  assert.equal(needsWritingAnew(history), true);
  assert.equal(needsWritingAnew(addRevision(history, opened(3, [1], rested))), false);
});

test("the heads that a waiting revision names are to be written anew, once, and what it replaced stays so when it opens", () => {
  const anew = state({ a: 1, c: 1 }, entry("note", "a", 1, "Tired"));
  const history = historyOf([opened(1, [], tired), waiting(2, [1])]);
  assert.equal(needsWritingAnew(history), true);
  const written = addRevision(history, opened(3, [1], anew));
  assert.equal(needsWritingAnew(written), false);
  assert.equal(needsWritingAnew(addRevision(written, waiting(4, [2]))), false);
  assert.deepEqual(values(stateOf(addRevision(written, opened(2, [1], rested))), "note"), ["Rested"]);
});

test("a damaged revision that comes again undamaged counts from then on", () => {
  const history = historyOf([opened(1, [], tired), broken(2, [1]), opened(2, [1], rested)]);
  assert.deepEqual(ids(history.heads), [revisionId(2)]);
  assert.deepEqual(history.broken, []);
});

test("a stub shows nothing, and takes no head away while nothing that was opened stands on it", () => {
  const history = historyOf([opened(1, [], tired), stub(2, [1])]);
  assert.deepEqual(ids(history.heads), [revisionId(1)]);
  assert.deepEqual(ids(history.stubs), [revisionId(2)]);
});

test("over stubs, in whatever order they come, an opened revision takes the place of those it stands on", () => {
  const all = [opened(1, [], tired), stub(2, [1]), stub(3, [2]), opened(4, [3], rested)];
  for (const revisions of [all, [...all].reverse()]) {
    const history = historyOf(revisions);
    assert.deepEqual(ids(history.heads), [revisionId(4)]);
    assert.deepEqual(history.stubs, []);
  }
});

test("an erased head takes no part in the join: an edit unseen by the eraser returns whole", () => {
  const unseen = state({ a: 1, b: 1 }, entry("note", "a", 1, "Tired"), entry("pain", "b", 1, 4));
  const history = historyOf([opened(1, [], tired), opened(2, [1], EMPTY), opened(3, [1], unseen)]);
  assert.equal(history.heads.length, 2);
  assert.equal(canonical(stateOf(history)), canonical(unseen));
});

test("with one head its own state is given, not a copy", () => {
  assert.equal(stateOf(historyOf([opened(1, [], tired)])), tired);
});

test("of nothing, nothing is known", () => {
  assert.equal(stateOf(historyOf([])), EMPTY);
  assert.deepEqual(headsOf([]), []);
});

/** Revisions each naming some before it; each arrives once or several times with better verdicts. */
const arrivals: fc.Arbitrary<readonly Known[]> = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat(11), { maxLength: 3 }),
      verdicts: fc.oneof<fc.Arbitrary<Known["verdict"][]>[]>(
        fc.subarray(["waiting", "broken", "opened"] as const, { minLength: 1 }),
        fc.subarray(["stub", "opened"] as const, { minLength: 1 }),
      ),
      places: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
    }),
    { maxLength: 12, size: "max" },
  )
  .map((made) =>
    made
      .flatMap(({ parents, verdicts, places }, number) => {
        const named = [...new Set(parents)].filter((parent) => parent < number);
        const inOrder = [...places].sort((one, other) => one - other);
        return verdicts.map((verdict, turn) => ({
          place: inOrder[turn] ?? 0,
          revision: {
            opened: opened(number, named, tired),
            waiting: waiting(number, named),
            broken: broken(number, named),
            stub: stub(number, named),
          }[verdict],
        }));
      })
      .sort((one, other) => one.place - other.place)
      .map(({ revision }) => revision),
  );

test("heads kept step by step are the heads worked out from nothing, in any order of arrival", () => {
  const seed = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
  fc.assert(
    fc.property(arrivals, (revisions) => {
      const last = new Map<string, Known>();
      let history: History = NO_HISTORY;
      for (const revision of revisions) {
        history = addRevision(history, revision);
        last.set(revision.id, revision);
        const afresh = historyOf([...last.values()]);
        for (const part of ["heads", "waiting", "broken", "stubs"] as const) assert.deepEqual(ids(history[part]), ids(afresh[part]));
        assert.deepEqual([...history.named].sort(), [...afresh.named].sort());
      }
    }),
    { seed, numRuns: 2_000 },
  );
});
