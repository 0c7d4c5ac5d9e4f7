/**
 * Edit: a new revision over the heads of a record.
 *
 *   1. join the heads
 *   2. in each changed field remove only the entries the person was shown
 *   3. add one entry with a dot of its own; everything else stays, known to this app or not
 *   4. name as parents exactly the heads joined, so that heads say all
 *
 * What arrived while the person typed was not shown, so it stays beside the new text:
 *
 *   note (a,1) "Tired"  is shown; then  note (b,1) "Tired, and slept badly"  arrives for (a,1)
 *   saving "Rested" removes (a,1), which is gone already, and adds (c,1)
 *   note (b,1) "Tired, and slept badly"   note (c,1) "Rested"          both are shown next time
 *
 * **A writer goes on from all it wrote.** A vector's (c: 2) claims to know (c,1). A revision that
 * does not go on from its writer's earlier dots would therefore remove them wherever they still
 * stand. It happens when the record was erased in between, or when heads had to be left out because
 * a revision holding them all would be too large. Then the entry gets a fresh writer. So it does
 * where no number is left after all that a vector claims: a saved file can be changed to say so.
 *
 * Time and chance are arguments: the phone's clock, the writer, and where a fresh writer comes from.
 */
import { revisionSize } from "./body.ts";
import type { Opened } from "./heads.ts";
import type { RevisionId, Writer } from "./ids.ts";
import { joinAll } from "./join.ts";
import { isTooLong, LARGEST_REVISION, LAST_INSTANT, LONGEST_FIELD, MOST_PARENTS } from "./limits.ts";
import { type Dot, dotKey, type Entry, numberOf, type State } from "./state.ts";
import { isValue, type Value } from "./values.ts";

export type Change = {
  readonly field: string;
  /** `undefined` only removes. */
  readonly value: Value | undefined;
  /** The entries of this field that the person saw when they began to change it. */
  readonly shown: readonly Dot[];
};

export type EditAsked = {
  /** All opened heads of the record; none for a new record. */
  readonly heads: readonly Opened[];
  readonly writer: Writer;
  /** The greatest number this writer has used in this record, stored or not; 0 for none. */
  readonly lastN: number;
  /** The phone's clock, in milliseconds. */
  readonly now: number;
  /** None at all writes the record anew. */
  readonly changes: readonly Change[];
  /** A writer nobody has used. */
  readonly freshWriter: () => Writer;
  /** Bytes of the whole revision once sealed. */
  readonly sizeOf?: (revision: { readonly state: State; readonly parents: readonly RevisionId[] }) => number;
};

export type Edited = {
  readonly state: State;
  readonly parents: readonly RevisionId[];
  /** The writer whose numbers were used: the one given, or a fresh one. */
  readonly writer: Writer;
  /** The greatest number used; hand it back as `lastN` with this writer. */
  readonly n: number;
};

export type EditRefusedCode = "field-name" | "field-twice" | "not-a-value" | "text-too-long" | "too-large";

/** An edit that cannot be written; the field is the one it is about, if one is. */
export class EditRefused extends Error {
  override readonly name = "EditRefused";
  readonly code: EditRefusedCode;
  readonly field: string | undefined;

  constructor(code: EditRefusedCode, field?: string) {
    super(code);
    this.code = code;
    this.field = field;
  }
}

/** The new revision's state and parents; throws EditRefused. */
export function edit(asked: EditAsked): Edited {
  refuseUnwritable(asked.changes);
  const { heads, sizeOf = revisionSize } = asked;
  const whole = editOver(heads, asked);
  const fits = (edited: Edited) => edited.parents.length <= MOST_PARENTS && sizeOf(edited) <= LARGEST_REVISION;
  if (fits(whole)) return whole;
  const smaller = editOver(headsThatFit(asked, fits), asked);
  if (!fits(smaller)) throw new EditRefused("too-large");
  return smaller;
}

/** As many heads as keep the revision small enough; those the person was shown come first. */
function headsThatFit(asked: EditAsked, fits: (edited: Edited) => boolean): readonly Opened[] {
  const shown = new Set(asked.changes.flatMap((change) => change.shown.map(dotKey)));
  const wasShown = ({ state }: Opened) => state.entries.some((entry) => shown.has(dotKey(entry)));
  let chosen: readonly Opened[] = [];
  for (const head of [...asked.heads.filter(wasShown), ...asked.heads.filter((one) => !wasShown(one))]) {
    const more = [...chosen, head];
    if (fits(editOver(more, asked))) chosen = more;
  }
  return chosen;
}

function editOver(joined: readonly Opened[], asked: EditAsked): Edited {
  const { heads, changes, now } = asked;
  const before = joinAll(joined.map(({ state }) => state));
  const writer = writerOver(before, asked);
  const at = nextAt(heads, now);
  let n = numberOf(before.writers, writer);
  let entries: readonly Entry[] = before.entries;
  if (changes.length === 0) n++;
  for (const { field, value, shown } of changes) {
    n++;
    const removed = new Set(shown.map(dotKey));
    entries = entries.filter((entry) => entry.field !== field || !removed.has(dotKey(entry)));
    if (value !== undefined) entries = [...entries, { field, writer, n, value, at }];
  }
  const state = { entries, writers: { ...before.writers, [writer]: n } };
  return { state, parents: joined.map(({ id }) => id), writer, n };
}

/** The writer given, unless it wrote something that this state does not know, or has no numbers left. */
function writerOver(before: State, { heads, writer, lastN, changes, freshWriter }: EditAsked): Writer {
  const wrote = Math.max(lastN, ...heads.map(({ state }) => numberOf(state.writers, writer)));
  const goesOn = wrote <= numberOf(before.writers, writer) && Number.isSafeInteger(wrote + changes.length + 1);
  return goesOn ? writer : freshWriter();
}

/** The later of the phone's clock and the record's greatest `at` plus one. */
function nextAt(heads: readonly Opened[], now: number): number {
  let at = Math.trunc(now);
  for (const { state } of heads) {
    for (const entry of state.entries) if (entry.at >= at) at = entry.at + 1;
  }
  return Math.min(at, LAST_INSTANT);
}

function refuseUnwritable(changes: readonly Change[]): void {
  const fields = new Set<string>();
  for (const { field, value } of changes) {
    if (field.length === 0 || field.length > LONGEST_FIELD) throw new EditRefused("field-name", field);
    if (fields.has(field)) throw new EditRefused("field-twice", field);
    fields.add(field);
    if (value === undefined) continue;
    if (!isValue(value)) throw new EditRefused("not-a-value", field);
    if (hasTooLongText(value)) throw new EditRefused("text-too-long", field);
  }
}

function hasTooLongText(value: Value): boolean {
  if (typeof value === "string") return isTooLong(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasTooLongText);
}
