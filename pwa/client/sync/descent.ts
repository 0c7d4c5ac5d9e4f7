/** What stands on what, by the headers of the rows on this phone. */
import { parseHeader } from "../replica/header.ts";
import type { RevisionId } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";

/** The parents a row names; none where its header is of a later format. */
export function parentsOf({ header }: RevisionRow): readonly RevisionId[] {
  try {
    return parseHeader(header).parents;
  } catch {
    return [];
  }
}

/** What these heads stand on, each row on others of its own record: it is pinned by them, over any number of rows. */
export function pinnedBy(heads: Iterable<RevisionId>, rows: readonly RevisionRow[]): ReadonlySet<RevisionId> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const pinned = new Set<RevisionId>();
  const waiting = [...heads];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const row = byId.get(id);
    if (row === undefined) continue;
    for (const parent of parentsOf(row)) {
      if (pinned.has(parent) || byId.get(parent)?.record !== row.record) continue;
      pinned.add(parent);
      waiting.push(parent);
    }
  }
  return pinned;
}
