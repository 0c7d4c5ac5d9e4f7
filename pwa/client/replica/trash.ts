/**
 * The trash of a vault. To delete is to write an entry `trash` whose value is the vector then known:
 * "all of this, as I know it". The record is in the trash while that covers all its other entries.
 *
 *   note (a,1) "Tired"   trash (a,2) {a: 1}                        in the trash
 *   note (a,1) "Tired"   trash (a,2) {a: 1}   pain (b,1) 4         back: nobody who deleted knew of (b,1)
 *
 * Two phones may both delete: what one of them did not know the other may have, so their vectors
 * count together. To put back is to remove the trash entries one was shown.
 *
 * Long after, a phone writes an *erased* revision, whose state is EMPTY. EMPTY changes nothing in a
 * join, so an edit the eraser never saw returns whole; had the erased revision kept its vector, that
 * edit would come back without the fields it had not touched.
 */
import type { Change } from "./edit.ts";
import type { Opened } from "./heads.ts";
import type { RevisionId } from "./ids.ts";
import { greater } from "./join.ts";
import { MOST_PARENTS } from "./limits.ts";
import { covers, EMPTY, entriesOf, type State, type Vector } from "./state.ts";
import type { Value } from "./values.ts";

export const TRASH = "trash";

/** The value of a trash entry made by somebody who was shown this state. */
export function trashValue(state: State): Value {
  return state.writers;
}

/** Delete, as one who was shown this state. */
export function trashChange(state: State): Change {
  return { field: TRASH, value: trashValue(state), shown: entriesOf(state, TRASH) };
}

/** Take out of the trash, as one who was shown this state. */
export function putBackChange(state: State): Change {
  return { field: TRASH, value: undefined, shown: entriesOf(state, TRASH) };
}

export function isInTrash(state: State): boolean {
  const trashed = entriesOf(state, TRASH);
  if (trashed.length === 0) return false;
  const deleted = trashed.map(({ value }) => vectorOf(value)).reduce(greater);
  return state.entries.every((entry) => entry.field === TRASH || covers(deleted, entry));
}

/** An erased revision over these heads: its state, and the parents it names. */
export function erase(heads: readonly Opened[]): {
  readonly state: State;
  readonly parents: readonly RevisionId[];
} {
  return { state: EMPTY, parents: heads.slice(0, MOST_PARENTS).map(({ id }) => id) };
}

/** What is no vector deletes nothing. */
function vectorOf(value: Value): Vector {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, number] => typeof pair[1] === "number"));
}
