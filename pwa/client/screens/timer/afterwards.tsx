import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Choices } from "../../components/choices.tsx";
import { Dock } from "../../components/dock.tsx";
import { Field } from "../../components/field.tsx";
import { amountAtStop } from "../../domain/outcome.ts";
import { type Ended, session } from "../../domain/record-types.ts";
import type { Run } from "../../domain/run.ts";
import { t } from "../../words/index.ts";
import { amountInWords } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { sentenceFor } from "../frame/complaints.ts";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { moveToTrash } from "../frame/to-trash.ts";
import { unitInWords } from "../plans/unit-in-words.ts";
import { AFTER, type ENDED, SAID_TO } from "./answers-in-words.ts";
import type { After, KeptTimer, SessionId } from "./kept-timer.ts";
import { runName } from "./run-name.ts";
import { sessionOf } from "./session-values.ts";
import type { Desk } from "./timer-desk.ts";

export interface AfterwardsProps {
  readonly desk: Extract<Desk, { at: "here" }>;
  readonly timer: KeptTimer & { readonly ended: Ended };
  /** The person has said how it ended. */
  readonly isAnswered: boolean;
  readonly answers: readonly Ended[];
  readonly words: typeof ENDED;
  readonly onKept: (session: SessionId) => void;
}

/** How it ended, and how one is after it. Each part can stay blank; it becomes one session in the diary. */
export function Afterwards({ desk, timer, isAnswered, answers, words, onKept }: AfterwardsProps) {
  const { diary, clock, settings, toast, go } = useApp();
  const [complaint, complain] = useState<string | null>(null);
  const [isChanging, setChanging] = useState(!isAnswered);
  const { run, ended, after, howMuch } = timer;
  useStage("timer/afterwards");
  const set = (answer: Partial<Pick<KeptTimer, "ended" | "after" | "howMuch">>): void => {
    complain(null);
    desk.keep({ ...timer, ...answer });
  };

  // The button is gone that was pressed: the answer that it is about is next.
  useLayoutEffect(() => {
    if (isChanging && isAnswered) document.querySelector<HTMLElement>("[name=ended]:checked")?.focus();
  }, [isChanging]);

  const keep = (): Promise<boolean> =>
    desk.finish(async (answered, draft) => {
      const values = sessionOf({ ...answered, ended: answered.ended ?? ended }, clock.moment(), settings.value.dayTurn);
      if (values.ok) {
        await diary.save([{ type: session, id: answered.session, values: values.session }], { draft });
        return true;
      }
      complain(sentenceFor(values.code));
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return false;
    });
  const howMuchAsked = t(ended === "went-on" ? "timer.how-much-more" : "timer.how-much-in-all");
  const keepAndShow = async (): Promise<void> => {
    if (await keep()) onKept(timer.session);
  };
  const keepInTrash = async (): Promise<void> => {
    if (!(await keep())) return;
    const kept = diary.one(session, timer.session);
    if (kept !== undefined) await moveToTrash({ diary, toast }, session, kept);
    if (!desk.isGone()) go("/", { replace: true });
  };

  const howMuchField = (ended === "went-on" || ended === "stopped-sooner") && (
    <Field
      label={howMuchAsked}
      hint={hintFor(run, ended)}
      name="how-much"
      inputMode="decimal"
      value={howMuch}
      onInput={(typed) => set({ howMuch: typed })}
      error={complaint}
    />
  );

  return (
    <Room
      name={t("timer.title")}
      title={t("timer.how-was-it")}
      over={runName(run)}
      under={t(SAID_TO[ended])}
      back={{ href: "/", text: t("places.today") }}
    >
      <form
        class="stack after-session"
        onSubmit={(event) => {
          event.preventDefault();
          void keepAndShow();
        }}
      >
        {howMuchField}
        <Choices
          legend={t("timer.how-after")}
          name="after"
          shape="tall"
          choices={AFTERS.map((value) => ({ value, text: t(AFTER[value]) }))}
          chosen={after}
          onChoose={(chosen) => set({ after: chosen })}
          hint={t("timer.sore-is-not-flare-up")}
        />
        {isChanging ? (
          <Choices
            legend={t("timer.how-ended")}
            name="ended"
            shape="tall"
            isKept
            choices={answers.map((value) => ({ value, text: t(words[value]) }))}
            chosen={ended}
            onChoose={(chosen) => set({ ended: chosen ?? ended })}
          />
        ) : (
          <div class="row">
            <p>{t(words[ended])}</p>
            <Button kind="bare" label={t("entry.change-of", { entry: t("timer.how-ended") })} onPress={() => setChanging(true)}>
              {t("entry.change")}
            </Button>
          </div>
        )}
        <NotKept
          trouble={desk.trouble}
          written={[
            { about: t("timer.how-ended"), words: t(words[ended]) },
            { about: howMuchAsked, words: howMuch },
          ]}
        />
        <Dock>
          <Button type="submit" kind="main" isWide>
            {t("timer.keep")}
          </Button>
        </Dock>
        <Button kind="bare" onPress={() => void keepInTrash()}>
          {t("timer.do-not-keep")}
        </Button>
      </form>
    </Room>
  );
}

const AFTERS: readonly After[] = ["same", "bit-sore", "flare-up"];

function hintFor(run: Run, ended: Ended): string {
  const { unit } = run.plan;
  const inUnit = unitInWords(unit, run.unitName);
  const told = ended === "stopped-sooner" ? amountAtStop(run) : undefined;
  if (told === undefined) return t("timer.may-stay-blank", { inUnit });
  return t("timer.blank-means", { inUnit, amount: amountInWords({ unit, amount: told, unitName: run.unitName }) });
}
