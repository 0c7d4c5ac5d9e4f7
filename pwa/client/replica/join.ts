/**
 * Join: what two states say together.
 *
 * For one dot a state is in one of three stages, and the greater stage wins:
 *
 *   unseen     the vector does not cover it
 *   there      an entry has it
 *   replaced   the vector covers it and no entry has it
 *
 * The greater of each pair is commutative, associative and idempotent, so phones may join the same
 * revisions in any order and any number of times. Fields and types play no part: an old app carries
 * fields it never heard of.
 *
 *   note (a,1) "Tired"   a: 1          one phone wrote "Tired"
 *   note (b,1) "Better"  a: 1, b: 1    another was shown it and wrote "Better" instead
 *   ──────────────────────────────
 *   note (b,1) "Better"  a: 1, b: 1    (a,1) is replaced on one side, so it is replaced
 *
 * One dot with two contents cannot come from sound phones. Should it happen, both stay: *there* is
 * then a set of entries, sets join by union, and the three laws still hold.
 *
 * Source: the join of optimised observed-remove sets (arXiv:1210.3368, figure 3), with values.
 */
import { covers, dotKey, EMPTY, type Entry, isErased, numberOf, type State, sameEntry, type Vector } from "./state.ts";

export function join(one: State, other: State): State {
  if (one === other || isErased(other)) return one;
  if (isErased(one)) return other;
  const inOne = entriesByDot(one);
  const inOther = entriesByDot(other);
  const stays = one.entries.filter((entry) => inOther.has(dotKey(entry)) || !covers(other.writers, entry));
  const comes = other.entries.filter((entry) => {
    const there = inOne.get(dotKey(entry));
    if (there === undefined) return !covers(one.writers, entry);
    return !there.some((known) => sameEntry(known, entry));
  });
  return { entries: [...stays, ...comes], writers: greater(one.writers, other.writers) };
}

/** The join of any number of states; the usual one alone costs nothing. */
export function joinAll(states: readonly State[]): State {
  const [first = EMPTY, ...rest] = states;
  return rest.reduce(join, first);
}

/** For each writer the greater number. */
export function greater(one: Vector, other: Vector): Vector {
  const both: { [writer: string]: number } = { ...one };
  for (const [writer, n] of Object.entries(other)) {
    if (n > numberOf(both, writer)) both[writer] = n;
  }
  return both;
}

function entriesByDot(state: State): ReadonlyMap<string, readonly Entry[]> {
  const byDot = new Map<string, Entry[]>();
  for (const entry of state.entries) {
    const key = dotKey(entry);
    const there = byDot.get(key);
    if (there === undefined) byDot.set(key, [entry]);
    else there.push(entry);
  }
  return byDot;
}
