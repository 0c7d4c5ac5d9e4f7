import { Button } from "../../components/button.tsx";
import { Choices } from "../../components/choices.tsx";
import { Field } from "../../components/field.tsx";
import { Pebbles } from "../../components/pebbles.tsx";
import { mayBeSmaller } from "../../domain/goal.ts";
import { t } from "../../words/index.ts";
import { partsToChoose } from "../entries/win-in-words.ts";
import type { Form } from "../frame/form.ts";
import type { GoalValues } from "./goal-values.ts";
import { ASKED, type Question } from "./questions.ts";

export interface AnswerQuestionProps {
  readonly question: Question;
  readonly form: Pick<Form<GoalValues>, "values" | "complaints" | "set">;
  /** Go back to what the goal is, to make it smaller. */
  readonly onSmaller: () => void;
}

/** One question about a goal, and the place for its answer. */
export function AnswerQuestion({ question, form: { values, complaints, set }, onSmaller }: AnswerQuestionProps) {
  const { asked, hint } = ASKED[question];
  if (question === "part") {
    return (
      <Choices
        legend={t(asked)}
        name="part"
        shape="tall"
        choices={partsToChoose()}
        chosen={values.part}
        onChoose={(part) => set("part", part)}
      />
    );
  }
  if (question === "sure") {
    return (
      <div class="stack">
        <Pebbles
          legend={t(asked)}
          name="sure"
          chosen={values.sure}
          onChoose={(sure) => set("sure", sure)}
          low={t("goal.not-sure")}
          high={t("goal.very-sure")}
        />
        <div class="stack-close" role="status">
          {mayBeSmaller(values.sure === null ? {} : { sure: values.sure }) && (
            <>
              <p>{t("goal.smaller")}</p>
              <Button onPress={onSmaller}>{t("goal.make-smaller")}</Button>
            </>
          )}
        </div>
      </div>
    );
  }
  return (
    <Field
      label={t(asked)}
      hint={hint && t(hint)}
      name={question}
      rows={question === "step" ? undefined : 3}
      value={values[question]}
      onInput={(typed) => set(question, typed)}
      error={complaints[question]}
    />
  );
}
