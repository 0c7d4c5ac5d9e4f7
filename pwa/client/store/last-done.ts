/** When each activity was last done, and by which session, so that nobody looks through years of sessions for it. */
import { session } from "../domain/record-types.ts";
import type { RecordId } from "../replica/ids.ts";
import { shownEntry } from "../replica/shown.ts";
import type { State } from "../replica/state.ts";

interface Done {
  readonly id: RecordId;
  readonly activity: string;
  readonly written: number;
}

const { activity: activityField, written: writtenField } = session.fields;

export class LastDone {
  readonly #done = new Map<RecordId, Done>();
  readonly #last = new Map<string, Done>();

  /** Take in a session as it is now; null for one that is not there any more. */
  put(id: RecordId, state: State | null): void {
    const before = this.#done.get(id);
    this.#done.delete(id);
    const activity = state === null ? undefined : activityField.parse(shownEntry(state, "activity")?.value);
    const written = state === null ? undefined : writtenField.parse(shownEntry(state, "written")?.value);
    if (activity !== undefined && written !== undefined) this.#add({ id, activity, written });
    if (before !== undefined && this.#last.get(before.activity) === before) this.#lookThrough(before.activity);
  }

  /** For each activity when it was last done, in ms. */
  times(): ReadonlyMap<string, number> {
    return new Map([...this.#last].map(([activity, { written }]) => [activity, written]));
  }

  /** The last session of each activity. */
  sessions(): ReadonlySet<RecordId> {
    return new Set([...this.#last.values()].map(({ id }) => id));
  }

  #add(done: Done): void {
    this.#done.set(done.id, done);
    if (done.written > (this.#last.get(done.activity)?.written ?? -Infinity)) this.#last.set(done.activity, done);
  }

  /** The last one is not what it was: look which it is now. */
  #lookThrough(activity: string): void {
    this.#last.delete(activity);
    for (const done of this.#done.values()) if (done.activity === activity) this.#add(done);
  }
}
