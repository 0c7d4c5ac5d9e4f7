/** The time on the timer's screen. It is looked at when what is shown changes, and not in between. */
import { useEffect, useRef, useState } from "preact/hooks";
import { markSeen, noticeClock, type Run } from "../../domain/run.ts";
import { needsAsking, type Phase, phaseAt } from "../../domain/timer.ts";
import { useApp } from "../frame/app.ts";
import { untilShownChanges } from "./until-shown-changes.ts";

/** A turn this long ago, in ms, does not ring any more: the screen was off when it came. */
const RINGS_WITHIN = 3_000;

export interface Ticking {
  readonly run: Run;
  /** False while a question stands over the timer: then nothing rings and no clock is noticed. */
  readonly isLive: boolean;
  /** The run goes on as another: the phone's clock was set back, or the end was seen. */
  readonly onRun: (run: Run) => void;
  /** A round or a rest has ended by itself, just now and with the screen on. */
  readonly onTurn: (phase: Phase) => void;
}

/** The time now, in ms; while the screen is on, anew whenever the timer shows something else, and at the second it ends. */
export function useTicking({ run, isLive, onRun, onTurn }: Ticking): number {
  const { clock } = useApp();
  const [now, setNow] = useState(() => clock.now());
  const looked = useRef({ at: now, count: performance.now() });
  const tell = useRef({ onRun, onTurn });
  tell.current = { onRun, onTurn };

  useEffect(() => {
    if (!isLive) return;
    let waking = 0;
    const look = (): void => {
      clearTimeout(waking);
      if (document.visibilityState === "hidden") return;
      const { at: before, count } = looked.current;
      const at = clock.now();
      const expected = before + (performance.now() - count);
      looked.current = { at, count: performance.now() };
      setNow(at);
      const noticed = noticeClock(run, { now: at, expected });
      const [was, is] = [phaseAt(run, before), phaseAt(noticed, at)];
      if (hasTurned(was, is) && was.endsAt !== null && at - was.endsAt < RINGS_WITHIN) tell.current.onTurn(is);
      const isSeenNow = is.kind === "finished" && !needsAsking(noticed, at) && !noticed.events.some(({ kind }) => kind === "seen");
      const next = isSeenNow ? markSeen(noticed, at) : noticed;
      if (next !== run) tell.current.onRun(next);
      const wait = next === run ? untilShownChanges(is) : null;
      if (wait !== null) waking = setTimeout(look, wait) as unknown as number;
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(waking);
      document.removeEventListener("visibilitychange", look);
    };
  }, [run, isLive]);
  return now;
}

function hasTurned(was: Phase, is: Phase): boolean {
  return was.kind !== is.kind || was.round !== is.round;
}
