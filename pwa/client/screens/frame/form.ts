/**
 * A form that loses nothing: what is typed is kept as a draft while it is typed, and stays on the screen when it could
 * not be saved.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { SaveOptions } from "../../store/diary.ts";
import type { Draft } from "../../store/drafts.ts";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import { useApp } from "./app.ts";

/** A record as the person was shown it. */
export type Shown = NonNullable<SaveOptions["shown"]>;

/** What needs another look: for each field a whole sentence. */
export type Complaints<V> = { readonly [F in keyof V & string]?: string };

export interface Form<V> {
  /** False for the moment in which a draft is looked for. */
  readonly isReady: boolean;
  readonly values: V;
  readonly complaints: Complaints<V>;
  /** Why what is here could not be saved, until it is. */
  readonly trouble: StoreFailureCode | null;
  readonly isSaving: boolean;
  /** Something is here that is not saved. */
  readonly isTouched: boolean;
  set<F extends keyof V & string>(field: F, value: V[F]): void;
  /**
   * Check and save. `check` gives what needs another look; with none, `save` is called, with the draft to drop.
   * Resolves with whether it was saved. What was typed stays otherwise.
   */
  submit(check: (values: V) => Complaints<V>, save: (values: V, options: SaveOptions) => Promise<unknown>): Promise<boolean>;
  /** Put the form back to these values and forget the draft. */
  reset(values: V): void;
}

/**
 * `name` is the draft's; forms that are about different things have different names. `initial` is what stands there
 * without a draft: an object whose values are text, numbers, booleans or null. `about` is the record that the form
 * changes, if one: its draft remembers what of it the person was shown, so that saving after a reload replaces that
 * and nothing that came since.
 */
export function useForm<V extends object>(name: string, initial: V, about?: Shown | null): Form<V> {
  const { diary, openForms } = useApp();
  const [, redraw] = useState(initial);
  const [isReady, setReady] = useState(false);
  const [complaints, setComplaints] = useState<Complaints<V>>({});
  const [trouble, setTrouble] = useState<StoreFailureCode | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isTouched, setTouched] = useState(false);
  const here = useRef({ values: initial, isTouched: false, draft: null as Draft | null, isSaving: false, shown: about ?? null });
  // Who has typed nothing sees the record as it is by now, and only so has been shown it.
  if (!here.current.isTouched && about?.state !== here.current.shown?.state) {
    here.current.shown = about ?? null;
    here.current.values = initial;
  }

  const keep = useCallback(async (): Promise<void> => {
    const { draft, isTouched: touched, isSaving: saving } = here.current;
    if (draft === null || !touched || saving) return;
    const { values: typed, shown } = here.current;
    await draft.keep({ values: typed, shown: shown === null ? null : { id: shown.id, state: shown.state } });
  }, []);

  useEffect(() => {
    let isGone = false;
    const state = here.current;
    const began = initial;
    // Who was quicker than this effect has typed something already.
    if (!state.isTouched) state.values = began;
    const keepQuietly = (): void => void keep().catch(() => undefined);
    void diary.draft(name).then(
      (draft) => {
        if (isGone) return draft.release();
        state.draft = draft;
        const left = likeInitial(began, partOf(draft.left, "values"));
        if (left !== null && !state.isTouched) {
          state.shown = shownIn(draft.left) ?? state.shown;
          state.values = left;
          state.isTouched = true;
          redraw(left);
          setTouched(true);
        } else keepQuietly();
        setReady(true);
      },
      () => setReady(true),
    );
    const keepWhenHidden = (): void => {
      if (document.visibilityState === "hidden") keepQuietly();
    };
    openForms.add(keep);
    document.addEventListener("visibilitychange", keepWhenHidden);
    // Of a reload the page hears before the new one is fetched; when it is hidden it is too late to keep anything.
    window.addEventListener("beforeunload", keepQuietly);
    return () => {
      isGone = true;
      openForms.delete(keep);
      document.removeEventListener("visibilitychange", keepWhenHidden);
      window.removeEventListener("beforeunload", keepQuietly);
      const { draft } = state;
      void keep()
        .catch(() => undefined)
        .finally(() => draft?.release());
      state.draft = null;
    };
    // The form is about one thing for as long as its name is the same.
  }, [name]);

  const set = useCallback(<F extends keyof V & string>(field: F, value: V[F]): void => {
    const state = here.current;
    state.values = { ...state.values, [field]: value };
    state.isTouched = true;
    redraw(state.values);
    setTouched(true);
    setComplaints(({ [field]: _mended, ...others }) => others as Complaints<V>);
    // At once, with no pause to wait for: one write is under way at a time, and it takes along all that came meanwhile.
    keep().catch((cause: unknown) => setTrouble(codeOf(cause)));
  }, []);

  const reset = useCallback((fresh: V): void => {
    const state = here.current;
    state.values = fresh;
    state.isTouched = false;
    redraw(fresh);
    setTouched(false);
    setComplaints({});
    setTrouble(null);
  }, []);

  const submit: Form<V>["submit"] = useCallback(async (check, save) => {
    const state = here.current;
    if (state.isSaving) return false;
    const found = check(state.values);
    setComplaints(found);
    if (Object.keys(found).length > 0) {
      focusFirstComplaint();
      return false;
    }
    state.isSaving = true;
    setSaving(true);
    try {
      await state.draft?.settled();
      await save(state.values, { draft: state.draft ?? undefined, shown: state.shown ?? undefined });
      state.isTouched = false;
      setTouched(false);
      setTrouble(null);
      return true;
    } catch (cause) {
      setTrouble(codeOf(cause));
      return false;
    } finally {
      state.isSaving = false;
      setSaving(false);
      // What was typed last may not be in the draft yet: saving held it up.
      if (state.isTouched) keep().catch(() => undefined);
    }
  }, []);

  return { isReady, values: here.current.values, complaints, trouble, isSaving, isTouched, set, submit, reset };
}

/** The part of a draft's value by its name. */
function partOf(left: unknown, name: "values" | "shown"): unknown {
  return typeof left === "object" && left !== null ? (left as Record<string, unknown>)[name] : undefined;
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
    const value: unknown = (left as Record<string, unknown>)[field];
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) taken[field] = value;
  }
  return taken as V;
}

/** Bring the first field that needs another look into reach. */
function focusFirstComplaint(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}

function codeOf(cause: unknown): StoreFailureCode {
  if (cause instanceof StoreFailure) return cause.code;
  throw cause;
}
