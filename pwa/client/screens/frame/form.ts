/**
 * A form that loses nothing: what is typed is kept as a draft while it is typed, and stays on the screen when it could
 * not be saved.
 */
import { useCallback, useEffect, useMemo, useReducer, useState } from "preact/hooks";
import type { SaveOptions } from "../../store/diary.ts";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import { useApp } from "./app.ts";
import { beforeThePageGoes } from "./last-moment.ts";
import { partOf, type Shown } from "./left-in-draft.ts";
import { Typed } from "./typed.ts";

/** What needs another look: for each field a whole sentence. */
export type Complaints<V> = { readonly [F in keyof V & string]?: string };

export interface Form<V> {
  /** False for the moment in which a draft is looked for: the form says that it is busy, and can be typed in all the same. */
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
   * What is typed meanwhile is saved right after it, by `save` again. Resolves with whether all of it was saved and the
   * form is still open, so that it may be left. What was not saved stays.
   */
  submit(check: (values: V) => Complaints<V>, save: (values: V, options: SaveOptions) => Promise<unknown>): Promise<boolean>;
  /** Put the form back to these values and forget the draft. */
  reset(values: V): void;
  /** Let go of all that is typed. Gives what puts it back, with the form open or not. Both throw StoreFailure. */
  letGo(): Promise<() => Promise<void>>;
}

/** How long a save takes before the form says so, in ms. */
const SLOW = 150;

/**
 * `name` is the draft's; forms that are about different things have different names. `initial` is what stands there
 * without a draft: an object whose values are text, numbers, booleans or null. `about` is the record that the form
 * changes, if one: its draft remembers what of it the person was shown, so that saving after a reload replaces that
 * and nothing that came since. `isMine` looks at the values of a draft, where forms about different things share a name.
 */
export function useForm<V extends object>(
  name: string,
  initial: V,
  about?: Shown | null,
  isMine: (values: unknown) => boolean = () => true,
): Form<V> {
  const { diary, openForms } = useApp();
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0);
  const [isReady, setReady] = useState(false);
  const [complaints, setComplaints] = useState<Complaints<V>>({});
  const [trouble, setTrouble] = useState<StoreFailureCode | null>(null);
  const [draftTrouble, setDraftTrouble] = useState<StoreFailureCode | null>(null);
  // The form is about one thing for as long as its name is the same.
  const form = useMemo(() => {
    const hold = () => diary.draft(name, (left) => isMine(partOf(left, "values")));
    const newId = () => diary.newId();
    const now = (id: Shown["id"]) => diary.inside.records.item(id);
    return new Typed<V>({ hold, initial, shown: about ?? null, newId, now, onChange: () => redraw(0) });
  }, [name]);
  // Who has typed nothing sees the record as it is by now, and only so has been shown it.
  if (!form.isTouched && about?.state !== form.shown?.state) form.beginWith(initial, about ?? null);

  useEffect(() => {
    const keep = (): Promise<void> => form.keep();
    void form
      .take()
      .then(keep)
      .catch(() => undefined)
      .then(() => setReady(true));
    openForms.add(keep);
    const stay = beforeThePageGoes(() => void form.keepAtOnce().catch(() => undefined));
    return () => {
      openForms.delete(keep);
      stay();
      form.close();
    };
  }, [form]);

  const set = useCallback(
    <F extends keyof V & string>(field: F, value: V[F]): void => {
      form.set(field, value);
      redraw(0);
      setComplaints(({ [field]: _mended, ...others }) => others as Complaints<V>);
      // At once, with no pause to wait for: one write is under way at a time, and it takes along all that came meanwhile.
      form.keep().then(
        () => setDraftTrouble(null),
        (cause: unknown) => setDraftTrouble(codeOf(cause)),
      );
    },
    [form],
  );

  const reset = useCallback(
    (fresh: V): void => {
      form.beginWith(fresh);
      redraw(0);
      setComplaints({});
      setTrouble(null);
      void form.drop().catch(() => undefined);
    },
    [form],
  );

  const letGo = useCallback(async () => {
    const left = await form.letGo();
    return async () => {
      // In a place of its own: what was typed since stays where it is.
      const draft = await diary.draft(name, () => false);
      await draft.keep(left).finally(() => draft.release());
    };
  }, [form]);

  const submit: Form<V>["submit"] = useCallback(
    async (check, save) => {
      if (form.isSaving) return false;
      const isRight = (values: V): boolean => {
        const found = check(values);
        if (Object.keys(found).length === 0) return true;
        setComplaints(found);
        focusFirstComplaint();
        return false;
      };
      // Drawn only where it takes long: a slow phone draws for longer than it saves, and would draw first.
      const slow = setTimeout(() => redraw(0), SLOW);
      try {
        if (!(await form.save(isRight, save))) return false;
        setComplaints({});
        setTrouble(null);
        setDraftTrouble(null);
        return !form.isClosed;
      } catch (cause) {
        setTrouble(codeOf(cause));
        return false;
      } finally {
        clearTimeout(slow);
        redraw(0);
      }
    },
    [form],
  );

  const { values, isSaving, isTouched } = form;
  return { isReady, values, complaints, trouble: trouble ?? draftTrouble, isSaving, isTouched, set, submit, reset, letGo };
}

/** Bring the first field that needs another look into reach. */
function focusFirstComplaint(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}

function codeOf(cause: unknown): StoreFailureCode {
  if (cause instanceof StoreFailure) return cause.code;
  throw cause;
}
