/**
 * What a person is shown of a field that several phones may have written at the same time.
 *
 *   number or choice   the entry with the greatest (at, writer): one of them is enough
 *   text               every different text, until the person writes one: none may be hidden
 *   set                one field for each element, `tag/walk`; it is there while it has an entry
 */
import { type Dot, type Entry, entriesOf, type State } from "./state.ts";
import { canonicalValue, type Value } from "./values.ts";

/** One wording of a text. */
export type TextVersion = {
  readonly text: string;
  /** When it was last written, in milliseconds; see Entry. */
  readonly at: number;
  /** Every entry that says just this: all of them were shown when this was. */
  readonly dots: readonly Dot[];
};

/** The entry to show of a number or choice; none when nothing was written or all was removed. */
export function shownEntry(state: State, field: string): Entry | undefined {
  let newest: Entry | undefined;
  for (const entry of state.entries) {
    if (entry.field !== field) continue;
    if (newest === undefined || newestFirst(entry, newest) < 0) newest = entry;
  }
  return newest;
}

/** The value to show of each field: what `shownEntry` says of every one, in one look. */
export function shownValues(state: State): ReadonlyMap<string, Value> {
  const shown = new Map<string, Entry>();
  for (const entry of state.entries) {
    const newest = shown.get(entry.field);
    if (newest === undefined || newestFirst(entry, newest) < 0) shown.set(entry.field, entry);
  }
  const values = new Map<string, Value>();
  for (const [field, { value }] of shown) values.set(field, value);
  return values;
}

/** All different texts of a field, newest first. */
export function shownTexts(state: State, field: string): readonly TextVersion[] {
  const versions = new Map<string, { text: string; at: number; dots: Dot[] }>();
  for (const { value, at, writer, n } of [...entriesOf(state, field)].sort(newestFirst)) {
    if (typeof value !== "string") continue;
    const version = versions.get(value);
    if (version === undefined) versions.set(value, { text: value, at, dots: [{ writer, n }] });
    else version.dots.push({ writer, n });
  }
  return [...versions.values()];
}

/** The names of a set's elements, in order: what follows the prefix in fields that have an entry. */
export function elements(state: State, prefix: string): readonly string[] {
  const names = new Set<string>();
  for (const { field } of state.entries) {
    if (field.startsWith(prefix)) names.add(field.slice(prefix.length));
  }
  return [...names].sort();
}

/** Greatest (at, writer) first; n and value decide only between what sound phones never write. */
function newestFirst(one: Entry, other: Entry): number {
  return (
    other.at - one.at ||
    compare(other.writer, one.writer) ||
    other.n - one.n ||
    compare(canonicalValue(other.value), canonicalValue(one.value))
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
