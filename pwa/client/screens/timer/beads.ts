/** The rounds and rests of a plan as the beads of a thread. */
import type { Bead } from "../../components/thread.tsx";
import { MINUTE_MS, type Plan } from "../../domain/plan.ts";
import type { Phase } from "../../domain/timer.ts";
import { t } from "../../words/index.ts";
import { amountInWords } from "../frame/amounts.ts";

/** `phase` is where the timer stands, if it has begun. A rest taken within a round stands between what is done and what is left of it. */
export function beadsOf(plan: Plan, unitName: string, phase?: Phase): Bead[] {
  const split = phase === undefined ? null : splitRound(plan, phase);
  // Five on one line are short ones.
  const doing = split === null || plan.do === null ? amountInWords({ ...plan, unitName }) : minutes(plan.do / MINUTE_MS);
  const resting = t("timer.bead-rest", { minutes: plan.rest / MINUTE_MS });
  const isResting = phase?.kind === "resting";
  const round = phase?.round ?? 0;
  const beads: Bead[] = [];
  for (let each = 1; each <= plan.rounds; each++) {
    if (each > 1)
      beads.push({ kind: "rest", text: resting, state: stateOf(each, round, isResting && phase?.midRound === false, each <= round) });
    const isHere = isResting && phase?.midRound === true && each === round;
    if (isHere && split !== null) beads.push({ kind: "do", text: minutes(split.done), state: "past" });
    if (isHere) beads.push({ kind: "rest", text: t("timer.bead-rest-now"), state: "now" });
    beads.push({
      kind: "do",
      text: isHere && split !== null ? minutes(split.left) : doing,
      state: stateOf(each, round, phase?.kind === "doing", each < round),
    });
  }
  return beads;
}

/** The whole minutes done of a round within which one rests, and those left; null where there are not both. */
function splitRound(plan: Plan, { kind, midRound, doneMs, roundsDone }: Phase): { readonly done: number; readonly left: number } | null {
  if (kind !== "resting" || !midRound || plan.do === null) return null;
  const done = Math.round((doneMs - roundsDone * plan.do) / MINUTE_MS);
  const left = Math.round(plan.do / MINUTE_MS) - done;
  return done > 0 && left > 0 ? { done, left } : null;
}

function minutes(count: number): string {
  return t("timer.bead-min", { minutes: count });
}

function stateOf(each: number, round: number, isHere: boolean, isPast: boolean): NonNullable<Bead["state"]> {
  if (each === round && isHere) return "now";
  return isPast ? "past" : "next";
}
