/** A form of a note on a phone's diary, for the tests of what stands in forms. */
import type { TestContext } from "node:test";
import type { Shown } from "../../../pwa/client/screens/frame/left-in-draft.ts";
import { Typed } from "../../../pwa/client/screens/frame/typed.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import type { Draft } from "../../../pwa/client/store/draft.ts";
import { Phone } from "../store/phone.ts";

export interface Note {
  readonly note: string;
  readonly went: string | null;
}

export const BLANK: Note = { note: "", went: null };

export function formOn(diary: Diary, hold: () => Promise<Draft>, initial = BLANK, shown: Shown | null = null): Typed<Note> {
  const now = (id: Shown["id"]) => diary.inside.records.item(id);
  return new Typed<Note>({ hold, initial, shown, newId: () => diary.newId(), now, onChange: () => undefined });
}

/** A form on a diary; `type` is a letter or a choice. */
export function open(diary: Diary, initial: Note = BLANK) {
  const form = formOn(diary, () => diary.draft("check-in"), initial);
  const type = (values: Partial<Note>): Promise<void> => {
    form.values = { ...form.values, ...values };
    form.isTouched = true;
    return form.keep();
  };
  return { form, type };
}

export async function left(diary: Diary): Promise<unknown> {
  const draft = await diary.draft("check-in");
  draft.release();
  return (draft.left as { values?: unknown } | null)?.values;
}

export async function withDraft(context: TestContext, values: Note) {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const { form, type } = open(diary);
  await type(values);
  form.close();
  return { phone, diary };
}
