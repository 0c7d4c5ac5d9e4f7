import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Facts } from "../../components/facts.tsx";
import { Fold } from "../../components/fold.tsx";
import { Section } from "../../components/section.tsx";
import { Words } from "../../components/words.tsx";
import { isActive, nextStep, stepsOf } from "../../domain/goal.ts";
import { type Goal, goal, step } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { EarlierLink } from "../frame/earlier-link.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { Versions } from "../plans/versions.tsx";
import { GoalState } from "./goal-state.tsx";
import { HowDidItGo } from "./how-did-it-go.tsx";
import { ASKED, type TextQuestion } from "./questions.ts";
import { StepRows } from "./step-rows.tsx";
import { WriteStep } from "./write-step.tsx";

/** Which question stands over the page. */
type Open = { readonly sheet: "mark" | "words"; readonly id: string } | { readonly sheet: "new-step" } | null;

/** A goal in the person's own words, why it matters, and its steps. */
export function GoalPage({ kept }: { readonly kept: Kept<typeof goal> }) {
  const { diary, go } = useApp();
  const [isOpen, open] = useState<Open>(askedToOpen);
  const { values } = kept;
  useStage("goal");
  const steps = stepsOf(kept.id, diary.all(step).value);
  const next = isActive(values) ? nextStep(kept.id, steps) : undefined;
  const asked = isOpen !== null && "id" in isOpen ? steps.find(({ id }) => id === isOpen.id) : undefined;
  const close = (): void => {
    open(null);
    if (location.search !== "") go(location.pathname, { replace: true });
  };
  const addStep = (): void => open({ sheet: "new-step" });
  return (
    <Room
      name={t("goal.title")}
      title={values.words ?? t("goal.no-words")}
      over={[values.part && t(`part-of-life.${values.part}`), !isActive(values) && t(`goal-state.${values.state ?? "active"}`)]
        .filter(Boolean)
        .join("\u00a0· ")}
      back={{ href: "/plans", text: t("places.plans") }}
      place="plans"
    >
      <Versions texts={kept.texts("words")} onChoose={(words) => diary.change(goal, kept, { words })} />
      <Answered kept={kept} question="why" />
      <Section heading={t("goal.steps")}>
        {steps.length === 0 ? (
          <p class="quiet">{t("goal.no-steps")}</p>
        ) : (
          <StepRows steps={steps} next={next} onOpen={(id) => open({ sheet: "mark", id })} />
        )}
        {next !== undefined && (
          <Button kind="main" isWide onPress={() => open({ sheet: "mark", id: next.id })}>
            {t("goal.mark-step")}
          </Button>
        )}
        {isActive(values) && (
          <Button kind={next === undefined ? "main" : "plain"} isWide icon="add" onPress={addStep}>
            {t("goal.add-step")}
          </Button>
        )}
      </Section>
      <Answered kept={kept} question="ifThen" />
      <MoreAnswers kept={kept} />
      <EarlierLink kept={kept} />
      <GoalState kept={kept} />
      {isOpen?.sheet === "new-step" && <WriteStep goalId={kept.id} kept={null} onClose={close} />}
      {isOpen?.sheet === "words" && asked && <WriteStep goalId={kept.id} kept={asked} onClose={close} />}
      {isOpen?.sheet === "mark" && asked && (
        <HowDidItGo kept={asked} onChange={() => open({ sheet: "words", id: asked.id })} onClose={close} />
      )}
    </Room>
  );
}

/** The question that the address asks to go on with: `?step=new`, or of a step its words or how it went. */
function askedToOpen(): Open {
  const asked = new URLSearchParams(location.search);
  const [words, how] = [asked.get("step"), asked.get("how")];
  if (words === "new") return { sheet: "new-step" };
  if (words !== null) return { sheet: "words", id: words };
  return how === null ? null : { sheet: "mark", id: how };
}

/** An answer under its heading; nothing where the question was left blank. */
function Answered({ kept, question }: { readonly kept: Kept<typeof goal>; readonly question: "why" | "ifThen" }) {
  const { diary } = useApp();
  const words = kept.values[question];
  if (words === undefined) return null;
  const texts = kept.texts(question);
  return (
    <Section heading={t(question === "why" ? "goal.why" : "goal.if-then")}>
      {texts.length < 2 && <Words>{words}</Words>}
      <Versions texts={texts} onChoose={(text) => diary.change(goal, kept, { [question]: text })} />
    </Section>
  );
}

/** The other answers, for who wants to read them again. */
function MoreAnswers({ kept }: { readonly kept: Kept<typeof goal> }) {
  const { diary } = useApp();
  const answers = MORE.flatMap((question) => kept.texts(question).map(({ text }) => ({ name: t(ASKED[question].asked), words: text })));
  const { sure } = kept.values;
  const facts = [...answers, ...(sure === undefined ? [] : [{ name: t("goal.ask-sure"), words: t("goal.sure-of-10", { sure }) }])];
  const twice = MORE.filter((question) => kept.texts(question).length > 1);
  if (facts.length === 0) return null;
  return (
    <>
      {twice.map((question) => (
        <Versions key={question} texts={kept.texts(question)} onChoose={(text) => diary.change(goal, kept, { [question]: text })} />
      ))}
      <Fold summary={t("goal.more-answers")}>
        <Facts facts={facts} />
      </Fold>
    </>
  );
}

const MORE = ["where", "enough", "when", "mark"] as const satisfies readonly (TextQuestion & keyof Goal)[];
