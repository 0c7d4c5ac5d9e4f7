import { Button } from "../../components/button.tsx";
import { LATE_ANSWERS } from "../../domain/outcome.ts";
import type { Ended } from "../../domain/record-types.ts";
import type { Run } from "../../domain/run.ts";
import type { Phase } from "../../domain/timer.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { momentInWords, timeHereInWords } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import type { ENDED } from "./answers-in-words.ts";
import { runName } from "./run-name.ts";

export interface LateProps {
  readonly run: Run;
  readonly phase: Phase;
  readonly words: typeof ENDED;
  readonly onAnswer: (ended: Ended) => void;
}

/** The plan ended a while ago: the person says how it was, and no answer is taken for granted. Time gone by is not taken for done. */
export function Late({ run, phase, words, onAnswer }: LateProps) {
  const { clock } = useApp();
  useStage("timer/late");
  const when = (at: number): string =>
    new Date(at).toDateString() === new Date(clock.now()).toDateString()
      ? t("timer.late-today", { time: timeHereInWords(at) })
      : t("timer.late-on", { moment: momentInWords(at, clock.today.value) });
  return (
    <Room name={t("timer.title")} title={t("timer.how-was-it")} over={runName(run)} back={{ href: "/", text: t("places.today") }}>
      <p class="lead">{phase.endsAt === null ? t("timer.late-open") : t("timer.late", { when: when(phase.endsAt) })}</p>
      <div class="stack-close">
        {LATE_ANSWERS.map((ended) => (
          <Button key={ended} kind="plain" isWide onPress={() => onAnswer(ended)}>
            {t(words[ended])}
          </Button>
        ))}
      </div>
      <p class="quiet">{t("timer.any-is-fine")}</p>
    </Room>
  );
}
