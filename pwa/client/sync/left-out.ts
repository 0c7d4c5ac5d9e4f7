/**
 * Heads that the server left out of a first sync.
 *
 * Of what the index shows, everything that no head on this phone stands on is asked for, and the server must still have
 * it. That something names it which cannot be opened here excuses nothing: anyone can make that up.
 */
import { rowsAfter } from "../store/received.ts";
import { pinnedBy } from "./descent.ts";
import { fetchAll, type Round } from "./round.ts";
import type { WireRevision } from "./wire.ts";

export interface LeftOut {
  readonly fetched: readonly WireRevision[];
  /** Whether something came without its content that nothing readable stands on, which no sound server lets go. */
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
  const fetched = [...(await fetchAll(server, unpinned)).values()];
  // What a header of a later format names, nobody can tell here; that there is one, is told.
  const isTelling = rows.every(({ record }) => record !== "");
  return { fetched, isKeptBack: isTelling && fetched.some(({ blob }) => blob === null) };
}
