import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { Progress } from "../../components/progress.tsx";
import { goal, step } from "../../domain/record-types.ts";
import type { Diary, Save } from "../../store/diary.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useForm } from "../frame/form.ts";
import { LetGo } from "../frame/let-go.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { AnswerQuestion } from "./answer-question.tsx";
import { checkGoal, formOf, type GoalValues, said, valuesOf } from "./goal-values.ts";
import { ASKED, QUESTIONS } from "./questions.ts";

type Id = ReturnType<Diary["newId"]>;
type NewGoalValues = GoalValues & { readonly page: number; readonly goalId: Id; readonly stepId: Id };

/** A new goal, one question a page. All but the first may stay blank, and one may keep it after any of them. */
export function NewGoal() {
  const { diary, toast, go } = useApp();
  // Saved again, also after a reload, they are the same goal and step: the draft has their ids.
  const [ids] = useState(() => ({ goalId: diary.newId(), stepId: diary.newId() }));
  const form = useForm<NewGoalValues>("goal/new", { ...formOf({}), page: 0, ...ids });
  const { values } = form;
  const page = Math.min(Math.max(0, Math.trunc(values.page)), QUESTIONS.length - 1);
  const question = QUESTIONS[page] ?? "words";
  const isLast = page === QUESTIONS.length - 1;
  const questionPlace = useRef<HTMLDivElement>(null);
  const turned = useRef(false);
  useStage("goal/new");

  const turnTo = (to: number): void => {
    turned.current = true;
    form.set("page", to);
  };
  useEffect(() => {
    if (!turned.current) return;
    scrollTo(0, 0);
    questionPlace.current?.querySelector<HTMLElement>("textarea, input")?.focus({ preventScroll: true });
  }, [page]);

  const keep = async (): Promise<void> => {
    // What needs another look may be on a page behind: it is turned back to, so that the sentence stands at its field.
    const complaints = checkGoal(values);
    const wrong = QUESTIONS.findIndex((each) => complaints[each] !== undefined);
    if (wrong >= 0 && wrong !== page) form.set("page", wrong);
    let kept = values.goalId;
    const isSaved = await form.submit(checkGoal, (typed, options) => {
      const first = said(typed.step);
      const { goalId: id, stepId } = typed;
      const saves: Save[] = [{ type: goal, id, values: { ...valuesOf(typed), state: "active" } }];
      if (first !== undefined) saves.push({ type: step, id: stepId, values: { goal: id, words: first, order: 0 } });
      kept = id;
      return diary.save(saves, options);
    });
    if (!isSaved) return;
    toast.say(t("goal.kept"));
    go(`/plans/goals/${kept}`, { replace: true });
  };
  const next = (): void => {
    if (!isLast && (question !== "words" || said(values.words) !== undefined)) turnTo(page + 1);
    else void keep();
  };

  return (
    <Room name={t("goal.title-new")} back={{ href: "/plans", text: t("places.plans") }}>
      <form
        aria-busy={!form.isReady}
        class="stack plan-form"
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <Progress at={page + 1} of={QUESTIONS.length} text={t("goal.question-of", { at: page + 1, of: QUESTIONS.length })} />
        <div ref={questionPlace} key={question}>
          <AnswerQuestion question={question} form={form} onSmaller={() => turnTo(0)} />
        </div>
        {page > 0 && <p class="quiet">{t("goal.may-stay-blank")}</p>}
        <NotKept
          trouble={form.trouble}
          written={QUESTIONS.map((each) => ({ about: t(ASKED[each].asked), words: String(values[each] ?? "") }))}
        />
        <Dock>
          <Button type="submit" kind="main" isWide isDisabled={form.isSaving}>
            {t(isLast ? "goal.keep" : "goal.next")}
          </Button>
          {page > 0 && (
            <div class="row row-apart">
              <Button kind="bare" onPress={() => turnTo(page - 1)}>
                {t("goal.before")}
              </Button>
              {!isLast && (
                <Button kind="bare" isDisabled={form.isSaving} onPress={() => void keep()}>
                  {t("goal.enough-now")}
                </Button>
              )}
            </div>
          )}
        </Dock>
        <LetGo form={form} onGone={() => go("/plans", { replace: true })} />
      </form>
    </Room>
  );
}
