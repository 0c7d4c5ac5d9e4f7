import { ANSWERS, LATE_ANSWERS } from "../../domain/outcome.ts";
import type { Ended } from "../../domain/record-types.ts";
import { type Press, press, takeBackStop } from "../../domain/run.ts";
import { needsAsking, phaseAt } from "../../domain/timer.ts";
import { useApp } from "../frame/app.ts";
import { useBeingSeen } from "../lock/in-use.ts";
import { Afterwards } from "./afterwards.tsx";
import { ENDED, ENDED_THEN } from "./answers-in-words.ts";
import { useBell } from "./bell.ts";
import { HowDidItEnd } from "./how-did-it-end.tsx";
import type { KeptTimer, SessionId } from "./kept-timer.ts";
import { Late } from "./late.tsx";
import { Running } from "./running.tsx";
import { useTicking } from "./ticking.ts";
import type { Desk } from "./timer-desk.ts";
import { useWakeLock } from "./wake-lock.ts";

export interface GoingProps {
  readonly desk: Extract<Desk, { at: "here" }>;
  readonly timer: KeptTimer;
  /** It is in the diary, as this session. */
  readonly onKept: (session: SessionId) => void;
}

/** A timer that was begun: running, asked about because nobody was there at its end, or over. */
export function Going({ desk, timer, onKept }: GoingProps) {
  const { clock, settings } = useApp();
  const { run, ended } = timer;
  const bell = useBell(settings.value);
  const stop = run.events.find(({ kind }) => kind === "stop");
  const now = useTicking({
    run,
    isLive: ended === null && stop === undefined,
    onRun: (next) => desk.keep({ ...timer, run: next }),
    onTurn: ({ kind }) => bell.ring(kind === "doing" ? "do" : kind === "resting" ? "rest" : "end"),
  });
  const phase = phaseAt(run, now);
  const isGoing = phase.kind === "doing" || phase.kind === "resting";
  const isLate = needsAsking(run, now);
  const isRunning = isGoing && !isLate && ended === null;
  useWakeLock(isRunning);
  useBeingSeen(isRunning);

  const onPress = (kind: Press): void => {
    if (isGoing) desk.keep({ ...timer, run: press(run, kind, clock.now()) });
  };
  const answer = (said: Ended): void => desk.keep({ ...timer, ended: said });

  // Of a unit that is not time, only the person knows how far it went, and no time was named.
  const words = isLate && run.plan.do !== null ? ENDED_THEN : ENDED;
  if (isLate && ended === null) return <Late run={run} phase={phase} words={words} onAnswer={answer} />;
  if (ended !== null || phase.kind === "finished") {
    return (
      <Afterwards
        desk={desk}
        timer={{ ...timer, ended: ended ?? "as-planned" }}
        isAnswered={ended !== null}
        answers={isLate ? LATE_ANSWERS : ANSWERS}
        words={words}
        onKept={onKept}
      />
    );
  }
  // Behind the question, the timer stands as it did when Stop was pressed.
  const shown = isGoing ? phase : phaseAt(takeBackStop(run), stop?.at ?? now);
  return (
    <>
      <Running run={run} phase={shown} silentFor={bell.silentFor} trouble={desk.trouble} onPress={onPress} />
      {!isGoing && <HowDidItEnd onAnswer={answer} onBack={() => desk.keep({ ...timer, run: takeBackStop(run) })} />}
    </>
  );
}
