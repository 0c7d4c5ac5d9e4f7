import { useRef } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { Words } from "../../components/words.tsx";
import { step } from "../../domain/record-types.ts";
import { checkValues } from "../../domain/schema.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { sentenceFor } from "../frame/complaints.ts";
import { useForm } from "../frame/form.ts";
import { LetGo } from "../frame/let-go.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import { moveToTrash } from "../frame/to-trash.ts";
import { isKept } from "../plans/is-kept.ts";
import { said } from "./goal-values.ts";
import { type KeptStep, STEP, STEP_STATES, type StepState } from "./step-words.ts";

export interface HowDidItGoProps {
  readonly kept: KeptStep;
  /** Change the step's words. */
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** How a step went: four answers alike, and a word about it for who wants one. */
export function HowDidItGo({ kept, onChange, onClose }: HowDidItGoProps) {
  const { diary, toast } = useApp();
  const began = useRef(kept);
  const form = useForm(`step/${kept.id}/note`, { note: kept.values.note ?? "" }, kept);

  const answer = async (state: StepState): Promise<void> => {
    const isSaved = await form.submit(
      ({ note }) => {
        const [problem] = checkValues(step, { note });
        return problem === undefined ? {} : { note: sentenceFor(problem.code) };
      },
      ({ note }, options) => diary.change(step, began.current, { state, note: said(note) }, options),
    );
    if (!isSaved) return;
    toast.say(t(STEP[state].said), () => void putAsBefore());
    onClose();
  };
  const putAsBefore = async (): Promise<void> => {
    const { id, values } = began.current;
    const now = diary.one(step, id);
    if (now === undefined) return;
    if (!(await isKept(diary.change(step, now, { state: values.state, note: values.note })))) toast.say(t("plans.not-kept"));
  };
  const remove = async (): Promise<void> => {
    if (await moveToTrash({ diary, toast }, step, kept)) onClose();
  };

  return (
    <Sheet name={t("step.how-did-it-go")} onLeave={onClose} leave={t("step.leave")}>
      <Words>{kept.values.words}</Words>
      <Field
        label={t("step.note")}
        hint={t("step.note-hint")}
        name="note"
        isQuiet
        value={form.values.note}
        onInput={(note) => form.set("note", note)}
        error={form.complaints.note}
      />
      <div class="pair">
        {STEP_STATES.map((state) => (
          <Button key={state} kind="plain" isDisabled={form.isSaving} onPress={() => void answer(state)}>
            {t(STEP[state].text)}
          </Button>
        ))}
      </div>
      <NotKept trouble={form.trouble} written={[{ about: t("step.note"), words: form.values.note }]} />
      <LetGo form={form} onGone={onClose} />
      <div class="row">
        <Button kind="bare" onPress={onChange}>
          {t("step.change")}
        </Button>
        <Button kind="bare" onPress={() => void remove()}>
          {t("step.delete")}
        </Button>
      </div>
    </Sheet>
  );
}
