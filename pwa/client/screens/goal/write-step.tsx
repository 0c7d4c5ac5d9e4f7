import { useRef } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { orderForNewStep } from "../../domain/goal.ts";
import { step } from "../../domain/record-types.ts";
import { checkSaid, checkValues } from "../../domain/schema.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { sentenceFor } from "../frame/complaints.ts";
import { EarlierLink } from "../frame/earlier-link.tsx";
import { useForm } from "../frame/form.ts";
import { LetGo } from "../frame/let-go.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import type { KeptStep } from "./step-words.ts";

export interface WriteStepProps {
  readonly goalId: string;
  /** The step to change, or null for a new one, which comes after all others. */
  readonly kept: KeptStep | null;
  readonly onClose: () => void;
}

/** A step in one line. */
export function WriteStep({ goalId, kept, onClose }: WriteStepProps) {
  const { diary, toast } = useApp();
  const began = useRef(kept);
  const form = useForm(kept === null ? `goal/${goalId}/step` : `step/${kept.id}`, { words: kept?.values.words ?? "" }, kept);

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isSaved = await form.submit(
      (typed) => {
        const [problem] = [...checkSaid(typed, ["words"]), ...checkValues(step, typed)];
        return problem === undefined ? {} : { words: sentenceFor(problem.code) };
      },
      ({ words }, options) => {
        if (began.current !== null) return diary.change(step, began.current, { words }, options);
        return diary.create(step, { goal: goalId, words, order: orderForNewStep(goalId, diary.all(step).peek()) }, options);
      },
    );
    if (!isSaved) return;
    toast.say(t("step.kept"));
    onClose();
  };

  return (
    <Sheet name={t(kept === null ? "goal.add-step" : "step.change")} onLeave={onClose} leave={t("step.leave")}>
      <form aria-busy={!form.isReady} class="stack" onSubmit={(event) => void save(event)}>
        <Field
          label={t("step.words")}
          hint={t("step.words-hint")}
          name="words"
          value={form.values.words}
          onInput={(words) => form.set("words", words)}
          error={form.complaints.words}
        />
        <NotKept trouble={form.trouble} written={[{ about: t("step.words"), words: form.values.words }]} />
        <Button type="submit" kind="main" isWide isDisabled={form.isSaving}>
          {t("step.keep")}
        </Button>
        <LetGo form={form} isChange={kept !== null} onGone={onClose} />
        {kept !== null && <EarlierLink kept={kept} />}
      </form>
    </Sheet>
  );
}
