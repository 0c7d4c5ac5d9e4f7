/** The groups of a recovery code, as they are asked back. */

/** Two different numbers below `count`, the smaller first. `chance` gives a fraction from 0 to below 1. */
export function twoOf(count: number, chance: () => number): readonly [number, number] {
  const one = Math.floor(chance() * count);
  const other = (one + 1 + Math.floor(chance() * (count - 1))) % count;
  return one < other ? [one, other] : [other, one];
}

/** A group as the code writes it, from how a hand may type it. */
export function asWritten(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}
