import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { makePlan } from "../../domain/plan.ts";
import type { Activity } from "../../domain/record-types.ts";
import { type Run, startRun } from "../../domain/run.ts";
import type { StoreFailureCode } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { activityName, amountInWords } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { FirstTime, useFirstTime } from "./first-time.tsx";
import { Rounds, USUAL_ROUNDS } from "./rounds.tsx";

export interface SetUpProps {
  /** The activity's record. */
  readonly id: string;
  readonly activity: Activity;
  readonly trouble: StoreFailureCode | null;
  readonly onBegin: (run: Run) => void;
}

/** How many rounds of an activity, and then its start. */
export function SetUp({ id, activity, trouble, onBegin }: SetUpProps) {
  const { clock, settings } = useApp();
  useStage("timer/set-up");
  const [rounds, choose] = useState(USUAL_ROUNDS);
  const firstTime = useFirstTime();
  const { unit, amount, rest = settings.value.restMinutes, unitName = "" } = activity;
  const plan = unit && amount && makePlan({ unit, amount, restMinutes: rest, rounds });
  if (!plan) return null;
  const name = activityName(activity);
  const begin = (): void => {
    firstTime.told();
    onBegin(startRun({ plan, activity: id, name, unitName }, clock.now()));
  };
  return (
    <Room name={t("timer.title")} title={name} under={t("timer.each-round", { amount: amountInWords(activity) })} back={{ href: "/timer" }}>
      <FirstTime isFirst={firstTime.isFirst} />
      <Rounds plan={plan} unitName={unitName} onChoose={choose} />
      <NotKept trouble={trouble} written={[]} />
      <Dock>
        <Button kind="main" isWide onPress={begin}>
          {t("timer.start")}
        </Button>
      </Dock>
    </Room>
  );
}
