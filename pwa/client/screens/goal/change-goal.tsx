import { useRef } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { goal } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useForm } from "../frame/form.ts";
import { LetGo } from "../frame/let-go.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { Versions } from "../plans/versions.tsx";
import { AnswerQuestion } from "./answer-question.tsx";
import { checkGoal, formOf, type GoalValues, valuesOf } from "./goal-values.ts";
import { ASKED, QUESTIONS } from "./questions.ts";

/** All that was said about a goal, to change. Its steps are changed on its own page. */
export function ChangeGoal({ kept }: { readonly kept: Kept<typeof goal> }) {
  const { diary, toast, go } = useApp();
  // What the person was shown when they began: what arrives meanwhile stays beside what they write.
  const began = useRef(kept);
  const form = useForm<GoalValues>(`goal/${kept.id}`, formOf(kept.values), kept);
  useStage("goal/change");
  const page = `/plans/goals/${kept.id}`;

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await form.submit(checkGoal, (typed, options) => diary.change(goal, began.current, valuesOf(typed), options)))) return;
    toast.say(t("goal.kept"));
    go(page, { replace: true });
  };

  return (
    <Room name={t("goal.title-change")} back={{ href: page }}>
      <form aria-busy={!form.isReady} class="stack plan-form" onSubmit={(event) => void save(event)}>
        {QUESTIONS.filter((question) => question !== "step").map((question) => (
          <div key={question} class="stack-close">
            {question !== "part" && question !== "sure" && (
              <Versions texts={kept.texts(question)} onChoose={(text) => form.set(question, text)} field={question} />
            )}
            <AnswerQuestion
              question={question}
              form={form}
              onSmaller={() => document.querySelector<HTMLElement>("[name=words]")?.focus()}
            />
          </div>
        ))}
        <NotKept
          trouble={form.trouble}
          written={QUESTIONS.map((each) => ({ about: t(ASKED[each].asked), words: String(form.values[each] ?? "") }))}
        />
        <Dock>
          <Button type="submit" kind="main" isWide isDisabled={form.isSaving}>
            {t("goal.keep")}
          </Button>
        </Dock>
        <LetGo form={form} isChange onGone={() => go(page, { replace: true })} />
      </form>
    </Room>
  );
}
