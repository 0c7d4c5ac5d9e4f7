/** Counts what a run of histories met, since a fault that never happened was never withstood. */

export const KINDS = [
  "edits",
  "concurrent texts",
  "set elements",
  "removals",
  "deletes",
  "put back",
  "edits beside a delete that did not know all",
  "erasures",
  "edits unseen by an eraser",
  "texts arriving while typing",
  "stale editors",
  "older app carries unknown fields",
  "cloned profiles",
  "restored profiles",
  "clocks ten years off",
  "gaps: children before parents",
  "waiting, newer format",
  "waiting, key not here",
  "edits beside a waiting head",
  "broken for everyone",
  "damaged for one phone",
  "written anew",
  "heads left out of a join",
  "fresh writers within one opening",
] as const;

export type Kind = (typeof KINDS)[number];

export class Met {
  readonly #counts = new Map<Kind, number>();

  count(kind: Kind): void {
    this.#counts.set(kind, this.of(kind) + 1);
  }

  of(kind: Kind): number {
    return this.#counts.get(kind) ?? 0;
  }
}
