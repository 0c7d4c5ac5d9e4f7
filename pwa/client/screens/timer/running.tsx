import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { Icon } from "../../components/icon.tsx";
import { Thread } from "../../components/thread.tsx";
import { TimerFace } from "../../components/timer-face.tsx";
import type { Press, Run } from "../../domain/run.ts";
import type { Phase } from "../../domain/timer.ts";
import type { StoreFailureCode } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";
import { amountInWords } from "../frame/amounts.ts";
import { timeHereInWords } from "../frame/dates.ts";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { AmountFace } from "./amount-face.tsx";
import { beadsOf } from "./beads.ts";
import type { Bell } from "./bell.ts";
import { runName } from "./run-name.ts";

export interface RunningProps {
  readonly run: Run;
  /** Doing or resting. */
  readonly phase: Phase;
  readonly silentFor: Bell["silentFor"];
  readonly trouble: StoreFailureCode | null;
  readonly onPress: (press: Press) => void;
}

/** The timer while it runs: what is left, the rounds, and Stop where the thumb is. */
export function Running({ run, phase, silentFor, trouble, onPress }: RunningProps) {
  const isResting = phase.kind === "resting";
  useStage(`timer/${phase.kind}`, { staysPut: true });
  // In a rest it is said only what stands in the way of ringing.
  const hint = isResting && silentFor === null ? undefined : t(HINTS[silentFor ?? "nothing"]);
  return (
    <Room
      name={t("timer.title")}
      title={isResting ? t("timer.a-rest") : runName(run)}
      layout="timer"
      back={{ href: "/", text: t("places.today") }}
    >
      <div class="timer-now">
        <p class="heard-only" role="status">
          {t(isResting ? "timer.now-resting" : "timer.now-doing")}
        </p>
        {isResting ? <Resting run={run} phase={phase} /> : <Doing run={run} phase={phase} />}
        <NotKept trouble={trouble} written={[]} />
      </div>
      <Thread label={t("timer.rounds")} beads={beadsOf(run.plan, run.unitName, phase)} />
      <Dock hint={hint} hintIcon="sound">
        {isResting ? (
          <RestingWays midRound={phase.midRound} onPress={onPress} />
        ) : (
          <DoingWays isTimed={run.plan.do !== null} onPress={onPress} />
        )}
      </Dock>
    </Room>
  );
}

const HINTS: Readonly<Record<NonNullable<Bell["silentFor"]> | "nothing", Key>> = {
  nothing: "timer.rings-here",
  "not-touched": "timer.touch-once",
  unable: "timer.cannot-ring",
  chosen: "timer.silent",
};

function Doing({ run, phase }: Pick<RunningProps, "run" | "phase">) {
  if (run.plan.do === null) {
    return (
      <AmountFace amount={amountInWords({ ...run.plan, unitName: run.unitName })}>
        <p class="timer-say">{t("timer.until-you-say")}</p>
      </AmountFace>
    );
  }
  return (
    <TimerFace at="do" left={phase.remainingMs ?? 0} whole={run.plan.do}>
      <p class="timer-say">{t("timer.ends-at", { time: timeHereInWords(phase.endsAt ?? 0) })}</p>
    </TimerFace>
  );
}

function Resting({ run, phase }: Pick<RunningProps, "run" | "phase">) {
  return (
    <TimerFace at="rest" left={phase.remainingMs ?? 0} whole={run.plan.rest}>
      <ul class="ideas" aria-label={t("timer.ideas")}>
        <li>
          <Icon name="position" /> {t("timer.idea-position")}
        </li>
        <li>
          <Icon name="lighter" /> {t("timer.idea-lighter")}
        </li>
        <li>
          <Icon name="word" /> {t("timer.idea-someone")}
        </li>
      </ul>
    </TimerFace>
  );
}

function DoingWays({ isTimed, onPress }: { readonly isTimed: boolean; readonly onPress: RunningProps["onPress"] }) {
  return (
    <>
      {!isTimed && (
        <Button kind="main" isWide icon="check" onPress={() => onPress("round-done")}>
          {t("timer.round-done")}
        </Button>
      )}
      <div class="pair">
        <Button kind={isTimed ? "main" : "plain"} icon="stop" onPress={() => onPress("stop")}>
          {t("timer.stop")}
        </Button>
        <Button kind="plain" icon="rest" onPress={() => onPress("rest")}>
          {t("timer.rest-now")}
        </Button>
      </div>
    </>
  );
}

/** A rest goes on by itself, so what ends it all is told apart from what ends the rest: by its words and by its look. */
function RestingWays({ midRound, onPress }: Pick<Phase, "midRound"> & Pick<RunningProps, "onPress">) {
  return (
    <>
      <Button kind="main" isRest isWide icon="stop" onPress={() => onPress("stop")}>
        {t("timer.stop-all")}
      </Button>
      <div class="pair">
        <Button kind="plain" onPress={() => onPress("more-rest")}>
          {t("timer.more-rest")}
        </Button>
        <Button kind="plain" onPress={() => onPress("do")}>
          {t(midRound ? "timer.go-on" : "timer.next-round")}
        </Button>
      </div>
    </>
  );
}
