import { useEffect, useState } from "preact/hooks";
import { ButtonLink } from "../../components/button.tsx";
import { phaseAt } from "../../domain/timer.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { holdTimer } from "./hold-timer.ts";
import { parseKeptTimer } from "./kept-timer.ts";
import { runName } from "./run-name.ts";

/** The way back to a timer that was begun and is not in the diary yet; nothing where there is none. */
export function RunningTimerLine() {
  const { diary, clock } = useApp();
  const [text, say] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    const look = async (): Promise<void> => {
      const draft = await holdTimer(diary);
      draft?.release();
      const timer = parseKeptTimer(draft?.left);
      if (isGone) return;
      if (draft === null) return say(t("timer.line-elsewhere"));
      if (timer === null) return say(null);
      const { kind } = phaseAt(timer.run, clock.now());
      const isOver = kind === "finished" || kind === "stopped";
      say(t(isOver ? "timer.line-over" : "timer.line-running", { name: runName(timer.run) }));
    };
    const lookIfSeen = (): void => {
      // Without storage there is no timer to come back to; the diary says so itself.
      if (document.visibilityState === "visible") void look().catch(() => undefined);
    };
    lookIfSeen();
    document.addEventListener("visibilitychange", lookIfSeen);
    return () => {
      isGone = true;
      document.removeEventListener("visibilitychange", lookIfSeen);
    };
  }, []);
  if (text === null) return null;
  return (
    <ButtonLink kind="plain" isWide href="/timer" icon="clock">
      {text}
    </ButtonLink>
  );
}
