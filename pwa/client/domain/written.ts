/** The order in which things were written; ties by id, so that every phone shows the same. */

import type { Recorded } from "./schema.ts";

export type Dated = Recorded<{ readonly written?: number }>;

/** For sorting by when it was written, the latest first; what does not say comes last. */
export function newestFirst(a: Dated, b: Dated): number {
  const [left, right] = [a.values.written ?? -Infinity, b.values.written ?? -Infinity];
  if (left !== right) return right > left ? 1 : -1;
  return compareIds(b, a);
}

function compareIds(a: Dated, b: Dated): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
