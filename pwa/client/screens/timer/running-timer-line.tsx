import { ButtonLink } from "../../components/button.tsx";
import { phaseAt } from "../../domain/timer.ts";
import { t } from "../../words/index.ts";
import { useWaitingDrafts } from "../drafts/waiting.ts";
import { useApp } from "../frame/app.ts";
import { parseKeptTimer } from "./kept-timer.ts";
import { runName } from "./run-name.ts";

/** What is said of a timer that was begun and is not in the diary yet; null where there is none. */
export function useRunningTimer(): string | null {
  const { clock } = useApp();
  const draft = useWaitingDrafts().find(({ name }) => name === "timer");
  if (draft?.isElsewhere) return t("timer.line-elsewhere");
  const timer = parseKeptTimer(draft?.left);
  if (timer === null) return null;
  const { kind } = phaseAt(timer.run, clock.now());
  const isOver = kind === "finished" || kind === "stopped";
  return t(isOver ? "timer.line-over" : "timer.line-running", { name: runName(timer.run) });
}

/** The way back to it: while there is one, it comes first. */
export function RunningTimerLine({ text }: { readonly text: string }) {
  return (
    <ButtonLink kind="main" isWide href="/timer" icon="clock">
      {text}
    </ButtonLink>
  );
}
