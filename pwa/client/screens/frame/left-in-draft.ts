/** What is read from a draft: the values of a form, and what it says of the record that they belong to. */
import type { SaveOptions } from "../../store/diary.ts";

/** A record as the person was shown it. */
export type Shown = NonNullable<SaveOptions["shown"]>;

/** The part of a draft's value by its name. */
export function partOf(left: unknown, name: string): unknown {
  return typeof left === "object" && left !== null ? (left as Record<string, unknown>)[name] : undefined;
}

/** What was left, and what was typed before that was there: of a text both, one after the other; else what was chosen last. */
export function joined<V extends object>(initial: V, left: V, typed: V): V {
  const both = Object.entries(typed).map(([field, now]) => {
    const [before, there] = [initial[field as keyof V], left[field as keyof V]];
    if (now === before) return [field, there];
    if (typeof now !== "string" || typeof before !== "string" || there === before) return [field, now];
    const added = now.startsWith(before) ? now.slice(before.length) : now;
    return [field, `${String(there)} ${added.trimStart()}`];
  });
  return Object.fromEntries(both) as V;
}

/** What a draft says the person was shown; the draft was sealed by this app, so its form alone is looked at. */
export function shownIn(left: unknown): Shown | null {
  const shown = partOf(left, "shown") as Partial<Shown> | null | undefined;
  return typeof shown?.id === "string" && Array.isArray(shown.state?.entries) ? (shown as Shown) : null;
}

/** The record that a draft says was to be made; the draft was sealed by this app. */
export function idIn(left: unknown): Shown["id"] | null {
  const id = partOf(left, "id");
  return typeof id === "string" ? (id as Shown["id"]) : null;
}

/** Take from a draft what has the form of the initial values; null where it is no such thing. */
export function likeInitial<V extends object>(initial: V, left: unknown): V | null {
  if (typeof left !== "object" || left === null) return null;
  const taken: Record<string, unknown> = Object.fromEntries(Object.entries(initial));
  for (const field of Object.keys(initial)) {
    const value = partOf(left, field);
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) taken[field] = value;
  }
  return taken as V;
}

export function isSame<V extends object>(one: V, other: V): boolean {
  return Object.keys(one).every((field) => one[field as keyof V] === other[field as keyof V]);
}
