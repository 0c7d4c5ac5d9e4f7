import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { Field } from "../../components/field.tsx";
import { makePlan } from "../../domain/plan.ts";
import { type Run, startRun } from "../../domain/run.ts";
import { readTypedDecimal } from "../../domain/typed-number.ts";
import type { StoreFailureCode } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { sentenceFor } from "../frame/complaints.ts";
import { useForm } from "../frame/form.ts";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { FirstTime, useFirstTime } from "./first-time.tsx";
import { Rounds, USUAL_ROUNDS } from "./rounds.tsx";

export interface OwnMinutesProps {
  readonly trouble: StoreFailureCode | null;
  readonly onBegin: (run: Run) => void;
}

/** A timer of so many minutes that belongs to no activity. */
export function OwnMinutes({ trouble, onBegin }: OwnMinutesProps) {
  const { clock, settings } = useApp();
  useStage("timer/own-minutes");
  const firstTime = useFirstTime();
  const form = useForm("timer-own", { minutes: "", rounds: USUAL_ROUNDS });
  const { minutes, rounds } = form.values;
  const planOf = (typed: string, wanted: number) => {
    const read = readTypedDecimal(typed);
    return read.ok ? makePlan({ unit: "minutes", amount: read.value, restMinutes: settings.value.restMinutes, rounds: wanted }) : undefined;
  };
  const plan = planOf(minutes, rounds);

  const begin = async (event: Event): Promise<void> => {
    event.preventDefault();
    await form.submit(
      (typed) => {
        const read = readTypedDecimal(typed.minutes);
        return read.ok ? {} : { minutes: read.code === "empty" ? t("complaint.no-number-yet") : sentenceFor(read.code) };
      },
      async (typed, { draft }) => {
        const chosen = planOf(typed.minutes, typed.rounds);
        if (chosen === undefined) return;
        await draft?.drop();
        firstTime.told();
        onBegin(startRun({ plan: chosen, activity: null, name: "", unitName: "" }, clock.now()));
      },
    );
  };

  return (
    <Room name={t("timer.title")} title={t("timer.own-minutes")} back={{ href: "/timer" }}>
      <form aria-busy={!form.isReady} class="stack" onSubmit={(event) => void begin(event)}>
        <Field
          label={t("timer.minutes-each-round")}
          name="minutes"
          inputMode="decimal"
          value={minutes}
          onInput={(typed) => form.set("minutes", typed)}
          error={form.complaints.minutes}
        />
        {plan && <Rounds plan={plan} unitName="" onChoose={(chosen) => form.set("rounds", chosen)} />}
        <FirstTime isFirst={firstTime.isFirst} />
        <NotKept trouble={form.trouble ?? trouble} written={[]} />
        <Dock>
          <Button type="submit" kind="main" isWide isDisabled={form.isSaving}>
            {t("timer.start")}
          </Button>
        </Dock>
      </form>
    </Room>
  );
}
