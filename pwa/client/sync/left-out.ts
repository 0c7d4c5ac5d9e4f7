/**
 * Heads that the server left out of a first sync.
 *
 * Of what the index shows, everything that no head on this phone stands on is asked for. What only a revision names that
 * cannot be read here is no head for the server, which may have let it go; what nothing names at all it must still have.
 */
import { rowsAfter } from "../store/received.ts";
import { parentsOf, pinnedBy } from "./descent.ts";
import { fetchAll, type Round } from "./round.ts";
import type { WireRevision } from "./wire.ts";

export interface LeftOut {
  readonly fetched: readonly WireRevision[];
  /** Whether a head came without its content, which no sound server lets go. */
  readonly isKeptBack: boolean;
}

/** What was left out. Throws NotProved where the server does not give what it has; ServerFailure. */
export async function headsLeftOut({ server, diary }: Round): Promise<LeftOut> {
  await diary.whole();
  const { database, records } = diary.inside;
  const rows = await rowsAfter(database, 0);
  const stubs = rows.filter(({ blob }) => blob === undefined);
  if (stubs.length === 0) return { fetched: [], isKeptBack: false };
  const heads = [...records.items()].flatMap((item) => item.heads.map(({ id }) => id));
  const pinned = pinnedBy(heads, rows);
  const unpinned = stubs.filter(({ id }) => !pinned.has(id)).map(({ id }) => id);
  const named = new Set(rows.flatMap((row) => parentsOf(row).map((parent) => `${row.record} ${parent}`)));
  // What a header of a later format names, nobody can tell here.
  const telling = rows.some(({ record }) => record === "") ? [] : stubs;
  const mustBeThere = new Set(telling.filter(({ id, record }) => !named.has(`${record} ${id}`)).map(({ id }) => id));
  const fetched = [...(await fetchAll(server, unpinned)).values()];
  return { fetched, isKeptBack: fetched.some(({ id, blob }) => blob === null && mustBeThere.has(id)) };
}
