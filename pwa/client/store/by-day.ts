/**
 * The records of one type by the day they belong to, so that a screen which shows one day looks at that day's records and
 * at no others, however long the diary is. It says what a look at every record would say.
 */
import { type Day, parseDay } from "../domain/day.ts";
import { dayGiven } from "../domain/diary.ts";
import { checkIn, recordTypes } from "../domain/record-types.ts";
import type { RecordType } from "../domain/schema.ts";
import type { RecordId } from "../replica/ids.ts";
import { shownEntry } from "../replica/shown.ts";
import type { State } from "../replica/state.ts";
import type { Item } from "./kept.ts";

/** All types that have a day say it in the same fields. */
const { written, offset } = checkIn.fields;

/** Whether records of this type belong to a day. */
export function hasDay(type: RecordType): boolean {
  return "day" in type.fields;
}

/** The day that a record belongs to, without reading the rest of it. */
export function dayOfState(state: State): Day | null {
  const day = parseDay(shownEntry(state, "day")?.value);
  if (day !== undefined) return day;
  const [at, east] = [written.parse(shownEntry(state, "written")?.value), offset.parse(shownEntry(state, "offset")?.value)];
  return dayGiven({ ...(at === undefined ? {} : { written: at }), ...(east === undefined ? {} : { offset: east }) });
}

const WITH_DAY: ReadonlySet<string> = new Set(
  Object.values(recordTypes)
    .filter(hasDay)
    .map(({ name }) => name),
);

/** The same of a record of any type; null for one whose type belongs to no day. */
export function dayOfItem({ type, state }: Item): Day | null {
  return WITH_DAY.has(type) ? dayOfState(state) : null;
}

export class DayIndex<Held> {
  readonly #byDay = new Map<Day | null, Map<RecordId, Held>>();
  readonly #days = new Map<RecordId, Day | null>();

  /** Put a record where it belongs, or nowhere. */
  put(id: RecordId, held: Held, day: Day | null): void {
    if (this.#days.get(id) !== day) this.drop(id);
    this.#days.set(id, day);
    const there = this.#byDay.get(day) ?? new Map<RecordId, Held>();
    this.#byDay.set(day, there.set(id, held));
  }

  drop(id: RecordId): void {
    const day = this.#days.get(id);
    if (day === undefined) return;
    this.#days.delete(id);
    const there = this.#byDay.get(day);
    there?.delete(id);
    if (there?.size === 0) this.#byDay.delete(day);
  }

  /** Days with something on them, in no order; null for what belongs to none. */
  days(): Iterable<Day | null> {
    return this.#byDay.keys();
  }

  of(day: Day | null): Iterable<Held> {
    return this.#byDay.get(day)?.values() ?? [];
  }
}
