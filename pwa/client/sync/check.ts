/**
 * The end of a round: what came without its content is asked for, and what others may take for superseded is written anew.
 *
 * Of what the server showed, everything that no head on this phone stands on must still be there. That something names it
 * which cannot be opened here excuses nothing: anyone can make that up. All of the log is looked at where something came
 * without its content, or where an earlier round was cut before it came to this; else what this tab met is enough.
 */
import type { RecordId, RevisionId } from "../replica/ids.ts";
import type { RevisionRow } from "../store/database.ts";
import { rowsAfter } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { parentsOf, pinnedBy } from "./descent.ts";
import { NotProved, proveContent } from "./proof.ts";
import { takeRollIfNew } from "./roll.ts";
import { fetchAll, type Round, take } from "./round.ts";
import { shownBy } from "./shown.ts";

/**
 * Look at what came. `isUnsure`: an earlier round was cut. What is written anew has a round of its own. Throws NotProved
 * where the server does not give what it has; ServerFailure, StoreFailure, Trouble.
 */
export async function check(round: Round, state: SyncState, isUnsure: boolean): Promise<SyncState> {
  if (isUnsure || round.hasStubs) await checkAll(round, state);
  else await round.diary.writeAnew([]);
  const now = round.state ?? state;
  return now.isUnchecked === false ? now : take(round, { state: { ...now, isUnchecked: false } });
}

async function checkAll(round: Round, state: SyncState): Promise<void> {
  const { diary } = round;
  await diary.whole();
  const { database, records } = diary.inside;
  const rows = await rowsAfter(database, 0);
  const heads = new Set([...records.items()].flatMap((item) => item.heads.map(({ id }) => id)));
  const pinned = pinnedBy(heads, rows);
  const loose = rows.filter(({ id }) => !heads.has(id) && !pinned.has(id));
  const ofLaterFormat = new Set(rows.filter(({ record }) => record === "").map(({ id }) => id));
  try {
    if (await isKeptBack(round, state, loose, ofLaterFormat)) throw new NotProved();
  } finally {
    await diary.writeAnew(namingOneOf(heads, loose));
  }
}

/**
 * Ask for what is here without its content. Gives whether some of it came without that again. What a header of a later
 * format names, nobody can tell here; so what was shown before the first of these may be superseded by it.
 */
async function isKeptBack(
  round: Round,
  state: SyncState,
  loose: readonly RevisionRow[],
  ofLaterFormat: ReadonlySet<RevisionId>,
): Promise<boolean> {
  const stubs = loose.filter(({ blob }) => blob === undefined).map(({ id }) => id);
  if (stubs.length === 0) return false;
  // What another server had, before it was put back or emptied, this one need not have.
  const shown = [...(await shownBy(round.diary.inside.database, state.generation))];
  const there = new Set(shown);
  const fetched = await fetchAll(
    round.server,
    stubs.filter((id) => there.has(id)),
  );
  const { revisions, roll } = await proveContent(state.space, [...fetched.values()]);
  await take(round, { revisions, roll: await takeRollIfNew(round, roll), state });
  const excused = new Set(
    shown.slice(
      0,
      Math.max(
        0,
        shown.findIndex((id) => ofLaterFormat.has(id)),
      ),
    ),
  );
  return revisions.some(({ id, blob }) => blob === undefined && !excused.has(id));
}

/** The records of those rows, with their content, that name a head: were they readable, it would be none. */
function namingOneOf(heads: ReadonlySet<RevisionId>, loose: readonly RevisionRow[]): readonly RecordId[] {
  const naming = loose.filter((row) => row.blob !== undefined && parentsOf(row).some((parent) => heads.has(parent)));
  return [...new Set(naming.map(({ record }) => record))];
}
