/** The entries of the roll that are on this phone, in their line. */
import { parseHeader } from "../replica/header.ts";
import type { RevisionId } from "../replica/ids.ts";
import type { RollRow } from "../store/sync-rows.ts";

/**
 * The line that leads to the entry met last, each on the one before: from its first on, or from behind `top`. Rows of the
 * account before, which was given up, are in no line.
 */
export function lineOf(met: readonly RollRow[], top?: RevisionId): readonly RollRow[] {
  const byId = new Map<RevisionId | undefined, RollRow>(met.map((row) => [row.id, row]));
  const line: RollRow[] = [];
  for (let row = met.at(-1); row !== undefined && row.id !== top; row = byId.get(parentOf(row))) line.unshift(row);
  return line;
}

export function parentOf({ header }: RollRow): RevisionId | undefined {
  return parseHeader(header).parents[0];
}
