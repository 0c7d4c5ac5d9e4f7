/**
 * What stands in an open form, and the draft in which it is kept while it is typed. No screen is in here: `onChange`
 * tells one to look again.
 *
 * Nothing waits for the draft to be read: who is quicker types, and what was left is put before it.
 */
import type { SaveOptions } from "../../store/diary.ts";
import type { Draft } from "../../store/drafts.ts";

/** A record as the person was shown it. */
export type Shown = NonNullable<SaveOptions["shown"]>;

export interface TypedOptions<V> {
  /** Take hold of the draft. Throws StoreFailure; it is asked again with the next letter. */
  readonly hold: () => Promise<Draft>;
  /** What stands there without a draft: an object whose values are text, numbers, booleans or null. */
  readonly initial: V;
  readonly shown: Shown | null;
  readonly onChange: () => void;
}

export class Typed<V extends object> {
  /** What stands in the form. */
  values: V;
  /** Something is here that is not saved. */
  isTouched = false;
  /** While it is being saved, nothing is kept: the draft goes with what is saved. */
  isSaving = false;
  /** What of its record the person was shown. */
  shown: Shown | null;
  readonly #hold: TypedOptions<V>["hold"];
  readonly #onChange: () => void;
  #initial: V;
  #taking: Promise<Draft> | null = null;

  constructor({ hold, initial, shown, onChange }: TypedOptions<V>) {
    this.#hold = hold;
    this.#onChange = onChange;
    this.#initial = initial;
    this.values = initial;
    this.shown = shown;
  }

  /** Begin anew with these values. */
  beginWith(initial: V, shown = this.shown): void {
    this.#initial = initial;
    this.values = initial;
    this.shown = shown;
    this.isTouched = false;
  }

  /** Take hold of the draft, and of what was left in it. Throws StoreFailure; it may be tried again. */
  take(): Promise<Draft> {
    this.#taking ??= this.#hold().then(
      (draft) => {
        this.#takeUp(draft.left);
        return draft;
      },
      (cause: unknown) => {
        this.#taking = null;
        throw cause;
      },
    );
    return this.#taking;
  }

  /** The draft, where there is one to be had. */
  held(): Promise<Draft | undefined> {
    return this.take().catch(() => undefined);
  }

  /** Keep what is typed; what is as it was before needs no draft. Throws StoreFailure. */
  async keep(): Promise<void> {
    if (!this.isTouched || this.isSaving) return;
    const draft = await this.take();
    if (!this.isTouched || this.isSaving) return;
    await draft.keep(isSame(this.values, this.#initial) ? null : this.#asDraft());
  }

  /** Forget the draft; what is typed stays. Throws StoreFailure. */
  async drop(): Promise<void> {
    await (await this.take()).drop();
  }

  /** Forget what is typed, and its draft. Gives what it was, as a draft has it. Throws StoreFailure; then all stays. */
  async letGo(): Promise<unknown> {
    const left = this.#asDraft();
    await this.drop();
    this.beginWith(this.#initial);
    this.#onChange();
    return left;
  }

  /** The form closes: what was typed last is kept, and another form can have the draft. */
  close(): void {
    this.keep()
      .catch(() => undefined)
      .then(() => this.#taking)
      .then(
        (draft) => draft?.release(),
        () => undefined,
      );
  }

  #takeUp(left: unknown): void {
    const values = likeInitial(this.#initial, partOf(left, "values"));
    if (values === null) return;
    this.values = this.isTouched ? joined(this.#initial, values, this.values) : values;
    this.shown = shownIn(left) ?? this.shown;
    this.isTouched = true;
    this.#onChange();
  }

  #asDraft(): unknown {
    const { values, shown } = this;
    return { values, shown: shown === null ? null : { id: shown.id, state: shown.state } };
  }
}

/** The part of a draft's value by its name. */
export function partOf(left: unknown, name: string): unknown {
  return typeof left === "object" && left !== null ? (left as Record<string, unknown>)[name] : undefined;
}

/** What was left, and what was typed before that was there: of a text both, one after the other; else what was chosen last. */
function joined<V extends object>(initial: V, left: V, typed: V): V {
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
function shownIn(left: unknown): Shown | null {
  const shown = partOf(left, "shown") as Partial<Shown> | null | undefined;
  return typeof shown?.id === "string" && Array.isArray(shown.state?.entries) ? (shown as Shown) : null;
}

/** Take from a draft what has the form of the initial values; null where it is no such thing. */
function likeInitial<V extends object>(initial: V, left: unknown): V | null {
  if (typeof left !== "object" || left === null) return null;
  const taken: Record<string, unknown> = Object.fromEntries(Object.entries(initial));
  for (const field of Object.keys(initial)) {
    const value = partOf(left, field);
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) taken[field] = value;
  }
  return taken as V;
}

function isSame<V extends object>(one: V, other: V): boolean {
  return Object.keys(one).every((field) => one[field as keyof V] === other[field as keyof V]);
}
