import { useRef } from "preact/hooks";
import { Choices } from "../../components/choices.tsx";
import { Field } from "../../components/field.tsx";
import { TextVersions } from "../../components/text-versions.tsx";
import { type Win, win } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { kindsToChoose, partsToChoose, promptFor } from "../entries/win-in-words.ts";
import { useApp } from "../frame/app.ts";
import { momentInWords } from "../frame/dates.ts";
import { useForm } from "../frame/form.ts";
import { FormEnd } from "../frame/form-end.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { moveToTrash } from "../frame/to-trash.ts";
import { checkWin, formOf, valuesOf, type WinValues } from "./win-values.ts";

const WINS = "/wins";

export interface WinFormProps {
  /** The win to change, or null for a new one. */
  readonly kept: Kept<typeof win> | null;
  /** What it begins with: of a new one its kind and what it comes from, never words. */
  readonly beginning: Win;
}

/** A win in the person's own words, for nobody else. */
export function WinForm({ kept, beginning }: WinFormProps) {
  const app = useApp();
  const { diary, clock, toast, go } = app;
  // What the person was shown when they began: what arrives meanwhile stays beside what they write.
  const began = useRef({ kept, from: beginning.from });
  const form = useForm<WinValues>(draftOf(kept, beginning), formOf(beginning), kept);
  const { values, set } = form;
  const versions = kept?.texts("words") ?? [];

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isSaved = await form.submit(checkWin, (typed, options) => {
      const written = valuesOf(typed);
      if (began.current.kept !== null) return diary.change(win, began.current.kept, written, options);
      const { from } = began.current;
      return diary.create(win, { ...written, ...clock.moment(), ...(from === undefined ? {} : { from }) }, options);
    });
    if (!isSaved) return;
    toast.say(t("win.kept"));
    go(WINS, { replace: true });
  };

  const remove = async (): Promise<void> => {
    if (kept !== null && (await moveToTrash(app, win, kept))) go(WINS, { replace: true });
  };

  return (
    <Room name={kept === null ? t("win.title") : t("win.title-change")} under={t("win.private")} back={{ href: WINS }}>
      <form aria-busy={!form.isReady} class="win-form" onSubmit={(event) => void save(event)}>
        {versions.length > 1 && (
          <TextVersions
            versions={versions.map(({ text, at }) => ({ key: text, text, when: momentInWords(at, clock.today.value) }))}
            onChoose={(text) => set("words", text)}
            field="words"
          />
        )}
        <Field
          label={t("win.words")}
          hint={promptFor(values.kind)}
          name="words"
          rows={4}
          value={values.words}
          onInput={(words) => set("words", words)}
          error={form.complaints.words}
        />
        <Choices
          legend={t("win.kind")}
          hint={t("win.may-stay-blank")}
          name="kind"
          shape="tall"
          choices={kindsToChoose()}
          chosen={values.kind}
          onChoose={(kind) => set("kind", kind)}
        />
        <Choices
          legend={t("win.part")}
          hint={t("win.may-stay-blank")}
          name="part"
          shape="tall"
          choices={partsToChoose()}
          chosen={values.part}
          onChoose={(part) => set("part", part)}
        />
        <NotKept trouble={form.trouble} written={[{ about: t("win.title-change"), words: values.words }]} />
        <FormEnd form={form} kept={kept} keep={t("win.keep")} onGone={() => go(WINS, { replace: true })} onDelete={remove} />
      </form>
    </Room>
  );
}

/** Each beginning has a draft of its own: what was left half written about one step is not found under another. */
function draftOf(kept: Kept<typeof win> | null, { from }: Win): string {
  if (kept !== null) return `win/${kept.id}`;
  return from === undefined ? "win" : `win/from/${from}`;
}
