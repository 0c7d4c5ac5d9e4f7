/**
 * What stands in an open form, and the draft in which it is kept while it is typed. No screen is in here: `onChange`
 * tells one to look again.
 *
 * Nothing waits for the draft to be read: who is quicker types, and what was left is put before it. Nothing waits for
 * a save either: what is typed meanwhile is saved right after it, into the same record.
 */
import type { SaveOptions } from "../../store/diary.ts";
import type { Draft } from "../../store/draft.ts";
import { StoreFailure } from "../../store/failures.ts";
import { idIn, isSame, joined, likeInitial, partOf, type Shown, shownIn } from "./left-in-draft.ts";

export interface TypedOptions<V> {
  /** Take hold of the draft. Throws StoreFailure; it is asked again with the next letter. */
  readonly hold: () => Promise<Draft>;
  /** What stands there without a draft: an object whose values are text, numbers, booleans or null. */
  readonly initial: V;
  readonly shown: Shown | null;
  readonly newId: () => Shown["id"];
  /** The record as it is by now. */
  readonly now: (id: Shown["id"]) => Shown | undefined;
  readonly onChange: () => void;
}

export class Typed<V extends object> {
  /** What stands in the form; `set` changes it. */
  values: V;
  /** Something is here that is not saved. */
  isTouched = false;
  /** The form has closed: nobody is left who could be told or led on. */
  isClosed = false;
  /** What of its record the person was shown. */
  shown: Shown | null;
  readonly #options: TypedOptions<V>;
  #initial: V;
  /** What the person wrote or chose, be it what stood there before. */
  readonly #meant = new Set<string>();
  #taking: Promise<Draft> | null = null;
  /** A save, or letting go. Nothing is kept meanwhile: the draft goes with it. Never fails. */
  #ending: Promise<unknown> | null = null;
  /** Of a new record, from the first try to save it until nothing of it is unsaved: it is made once. */
  #id: Shown["id"] | null = null;

  constructor(options: TypedOptions<V>) {
    this.#options = options;
    this.#initial = options.initial;
    this.values = options.initial;
    this.shown = options.shown;
  }

  /** It is being saved, or let go of. */
  get isSaving(): boolean {
    return this.#ending !== null;
  }

  /** Write or choose the value of a field. */
  set<F extends keyof V & string>(field: F, value: V[F]): void {
    this.values = { ...this.values, [field]: value };
    this.isTouched = true;
    this.#meant.add(field);
  }

  /** Begin anew with these values. */
  beginWith(initial: V, shown = this.shown): void {
    this.#initial = initial;
    this.values = initial;
    this.shown = shown;
    this.isTouched = false;
    this.#meant.clear();
    this.#id = null;
  }

  /** Take hold of the draft, and of what was left in it. Throws StoreFailure; it may be tried again. */
  take(): Promise<Draft> {
    this.#taking ??= this.#options.hold().then(
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

  /** Keep what is typed, once no save is under way; what is as it was before needs no draft. Throws StoreFailure. */
  keep(): Promise<void> {
    return this.#keep((draft, value) => draft.keep(value));
  }

  /** The same where the page may be gone in a moment. Throws StoreFailure. */
  keepAtOnce(): Promise<void> {
    return this.#keep((draft, value) => draft.keepAtOnce(value));
  }

  /**
   * Save by `save` what `isRight`, then what was typed meanwhile, until all is saved: into one record, as long as what
   * is new gets the id that `save` is given. Resolves with whether all is; throws what `save` throws. What is not saved
   * stays, and is kept. Nothing, where a save is under way.
   */
  async save(isRight: (values: V) => boolean, save: (values: V, options: SaveOptions) => Promise<unknown>): Promise<boolean> {
    if (this.#ending !== null) return false;
    return this.#end(async () => {
      const draft = await this.take().catch(() => undefined);
      for (;;) {
        const saved = this.values;
        if (!isRight(saved)) return false;
        draft?.giveWay();
        this.#id ??= this.#options.newId();
        await save(saved, { draft, shown: this.shown ?? undefined, id: this.#id, isMeant: (field) => this.#isMeant(field, saved) });
        if (!this.isTouched || this.values === saved) break;
        this.#initial = saved;
        if (this.shown !== null) this.shown = this.#options.now(this.shown.id) ?? this.shown;
      }
      this.isTouched = false;
      this.#id = null;
      return true;
    });
  }

  /** Forget the draft; what is typed stays. Throws StoreFailure. */
  async drop(): Promise<void> {
    await (await this.take()).drop();
  }

  /**
   * Forget what is typed until its draft is gone, and the draft. Gives what it was, as a draft has it. Throws
   * StoreFailure, also while it is being saved; then all stays.
   */
  async letGo(): Promise<unknown> {
    if (this.#ending !== null) throw new StoreFailure("not-kept");
    return this.#end(async () => {
      await this.drop();
      const left = this.#asDraft();
      this.beginWith(this.#initial);
      this.#options.onChange();
      return left;
    });
  }

  /** The form closes: a save is waited for, what was typed last is kept, and another form can have the draft. */
  close(): void {
    this.isClosed = true;
    this.keep()
      .catch(() => undefined)
      .then(() => this.#taking)
      .then(
        (draft) => draft?.release(),
        () => undefined,
      );
  }

  async #keep(by: (draft: Draft, value: unknown) => Promise<void>): Promise<void> {
    while (this.#ending !== null) await this.#ending;
    if (!this.isTouched) return;
    const draft = await this.take();
    if (this.#ending !== null) return this.#keep(by);
    if (this.isTouched) await by(draft, isSame(this.values, this.#initial) ? null : this.#asDraft());
  }

  async #end<T>(work: () => Promise<T>): Promise<T> {
    const working = work().finally(() => {
      this.#ending = null;
      // What was not saved may be in no draft: it was held up, or gave way.
      this.keep().catch(() => undefined);
    });
    this.#ending = working.catch(() => undefined);
    return working;
  }

  /** A field that stands in no form is its screen's own, and meant. */
  #isMeant(field: string, values: V): boolean {
    return !(field in values) || this.#meant.has(field) || values[field as keyof V] !== this.#initial[field as keyof V];
  }

  #takeUp(left: unknown): void {
    const values = likeInitial(this.#initial, partOf(left, "values"));
    if (values === null) return;
    this.values = this.isTouched ? joined(this.#initial, values, this.values) : values;
    this.shown = shownIn(left) ?? this.shown;
    this.#id = idIn(left);
    this.isTouched = true;
    this.#options.onChange();
  }

  #asDraft(): unknown {
    const { values, shown } = this;
    const id = this.#id === null ? {} : { id: this.#id };
    return { values, shown: shown === null ? null : { id: shown.id, state: shown.state }, ...id };
  }
}
