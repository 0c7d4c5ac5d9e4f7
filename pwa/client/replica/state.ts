/**
 * The state of a record: entries, and a vector that says which dots its maker knew.
 *
 * An entry is one value somebody wrote into one field. Its *dot* (writer, n) is its name: the n-th
 * entry of that writer in this record. The vector names, for each writer, the greatest n known; all
 * smaller ones are known too, because a writer always goes on from all it wrote before. A dot that
 * the vector covers and no entry has was replaced.
 *
 *   entries  note (a,2) "Slept badly"          writers  a: 2, b: 1
 *
 * says: "Slept badly" is there; (a,1) and (b,1) were there once and were replaced.
 *
 * These are the dots and version vectors of optimised observed-remove sets. Source: Bieniusa et al.,
 * "An optimized conflict-free replicated set", INRIA RR-8083, 2012 (arXiv:1210.3368).
 */
import type { Writer } from "./ids.ts";
import { canonicalValue, sameValue, type Value } from "./values.ts";

export type Dot = { readonly writer: Writer; readonly n: number };

export type Entry = Dot & {
  readonly field: string;
  readonly value: Value;
  /** Milliseconds by the writer's clock, or later. Breaks ties and orders nothing else. */
  readonly at: number;
};

/** The greatest number known of each writer; none is 0. */
export type Vector = { readonly [writer: string]: number };

export type State = { readonly entries: readonly Entry[]; readonly writers: Vector };

/** Nothing known. An erased revision has this state, and it changes nothing in a join. */
export const EMPTY: State = Object.freeze({ entries: Object.freeze([]), writers: Object.freeze({}) });

/** Whether this is the state of an erased revision. A state whose last entry was removed is not. */
export function isErased(state: State): boolean {
  return state.entries.length === 0 && Object.keys(state.writers).length === 0;
}

export function numberOf(vector: Vector, writer: string): number {
  // Own keys only: some names that objects inherit have the length and the signs of a writer's id.
  return Object.hasOwn(vector, writer) ? (vector[writer] ?? 0) : 0;
}

export function covers(vector: Vector, dot: Dot): boolean {
  return numberOf(vector, dot.writer) >= dot.n;
}

export function dotKey(dot: Dot): string {
  return `${dot.writer}${dot.n}`;
}

/** Every entry of one field, in no order. */
export function entriesOf(state: State, field: string): readonly Entry[] {
  return state.entries.filter((entry) => entry.field === field);
}

/** Equal in all parts. Two entries of one dot that are not the same are a defect; both are kept. */
export function sameEntry(one: Entry, other: Entry): boolean {
  return (
    one.n === other.n &&
    one.writer === other.writer &&
    one.field === other.field &&
    one.at === other.at &&
    sameValue(one.value, other.value)
  );
}

/** One text for equal states, whatever the order of their entries: for comparing, not for keeping. */
export function canonical(state: State): string {
  const entries = state.entries.map(({ field, writer, n, value, at }) => JSON.stringify([field, writer, n, at, canonicalValue(value)]));
  const writers = Object.entries(state.writers).map((pair) => JSON.stringify(pair));
  return `${[...new Set(entries)].sort().join()};${writers.sort().join()}`;
}
