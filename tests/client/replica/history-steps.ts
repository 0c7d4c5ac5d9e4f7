/**
 * What can happen in a history: one step is an act of one phone. The numbers of a step choose among
 * what is there at that moment, so any list of steps can be lived through, and fast-check can
 * shorten a failing one.
 */
import fc from "fast-check";

export type Act =
  | "write"
  | "open-editor"
  | "save-editor"
  | "save-cramped"
  | "remove"
  | "delete"
  | "put-back"
  | "erase"
  | "deliver"
  | "restart"
  | "clone"
  | "restore"
  | "set-clock"
  | "install-newer"
  | "turn-key"
  | "fetch-keys"
  | "send-rubbish"
  | "write-anew";

export type Step = {
  readonly act: Act;
  /** Which phone. */
  readonly who: number;
  /** Which field, other phone or past copy. */
  readonly which: number;
  /** The seed of this step's own chance: what is left out, in which order things come. */
  readonly chance: number;
};

export type Beginning = {
  /** For each phone: whether its app is an older one. There are two to five. */
  readonly older: readonly boolean[];
  readonly steps: readonly Step[];
};

const WEIGHTS: readonly (readonly [Act, number])[] = [
  ["write", 20],
  ["open-editor", 12],
  ["save-editor", 16],
  ["save-cramped", 3],
  ["remove", 4],
  ["delete", 5],
  ["put-back", 5],
  ["erase", 4],
  ["deliver", 30],
  ["restart", 3],
  ["clone", 1],
  ["restore", 4],
  ["set-clock", 3],
  ["install-newer", 2],
  ["turn-key", 1],
  ["fetch-keys", 1],
  ["send-rubbish", 2],
  ["write-anew", 9],
];

const act = fc.constantFrom(...WEIGHTS.flatMap(([name, weight]) => Array<Act>(weight).fill(name)));

const step: fc.Arbitrary<Step> = fc.record({
  act,
  who: fc.nat(59),
  which: fc.nat(59),
  chance: fc.nat(),
});

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  older: fc.array(fc.boolean(), { minLength: 2, maxLength: 5, size: "max" }),
  steps: fc.array(step, { minLength: 10, maxLength: 120, size: "max" }),
});

/** A small generator of chance from one number: Mulberry32, by Tommy Ettinger, public domain. */
export class Chance {
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed | 0;
  }

  /** From 0, to below 1. */
  next(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  oneIn(many: number): boolean {
    return this.below(many) === 0;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }
}
