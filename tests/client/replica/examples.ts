/** Short spellings for examples: writers a, b, c …, entries and states as the documentation draws them. */
import type { Edited } from "../../../pwa/client/replica/edit.ts";
import type { Broken, Opened, Stub, Waiting } from "../../../pwa/client/replica/heads.ts";
import { parseRevisionId, parseWriter, type RevisionId, toBase64url, type Writer } from "../../../pwa/client/replica/ids.ts";
import type { Entry, State } from "../../../pwa/client/replica/state.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";

/** The writer of this letter. */
export function writer(letter: string): Writer {
  return parseWriter(letter.repeat(16));
}

/** `entry("note", "a", 1, "Tired")` is the entry of dot (a,1). */
export function entry(field: string, letter: string, n: number, value: Value, at = n): Entry {
  return { field, writer: writer(letter), n, value, at };
}

/** `state({ a: 2 }, entry(…), …)`: the entries, and what their maker knew of each writer. */
export function state(writers: Readonly<Record<string, number>>, ...entries: readonly Entry[]): State {
  const vector = Object.fromEntries(Object.entries(writers).map(([letter, n]) => [writer(letter), n]));
  return { entries, writers: vector };
}

/** The id of this number. */
export function revisionId(number: number): RevisionId {
  return parseRevisionId(toBase64url(new Uint8Array(32).fill(number)));
}

export function opened(number: number, parents: readonly number[], said: State): Opened {
  return { id: revisionId(number), parents: parents.map(revisionId), kind: "edit", verdict: "opened", state: said };
}

export function waiting(number: number, parents: readonly number[]): Waiting {
  return { id: revisionId(number), parents: parents.map(revisionId), kind: "edit", verdict: "waiting", state: null };
}

export function broken(number: number, parents: readonly number[]): Broken {
  return { id: revisionId(number), parents: parents.map(revisionId), kind: "edit", verdict: "broken", state: null };
}

export function stub(number: number, parents: readonly number[]): Stub {
  return { id: revisionId(number), parents: parents.map(revisionId), kind: "edit", verdict: "stub", state: null };
}

/** The revision that an edit makes, under this number. */
export function sent(number: number, { state: said, parents }: Pick<Edited, "state" | "parents">): Opened {
  return { id: revisionId(number), parents, kind: "edit", verdict: "opened", state: said };
}

/** Values of one field, in order. */
export function values(said: State, field: string): readonly Value[] {
  return said.entries
    .filter((one) => one.field === field)
    .map(({ value }) => value)
    .sort();
}
