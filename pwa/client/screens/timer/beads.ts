/** The rounds and rests of a plan as the beads of a thread. */
import type { Bead } from "../../components/thread.tsx";
import { MINUTE_MS, type Plan } from "../../domain/plan.ts";
import type { Phase } from "../../domain/timer.ts";
import { t } from "../../words/index.ts";
import { amountInWords } from "../frame/amounts.ts";

/** `phase` is where the timer stands, if it has begun. A rest taken within a round stands before what is left of it. */
export function beadsOf(plan: Plan, unitName: string, phase?: Phase): Bead[] {
  const doing = amountInWords({ ...plan, unitName });
  const resting = t("timer.bead-rest", { minutes: plan.rest / MINUTE_MS });
  const isResting = phase?.kind === "resting";
  const round = phase?.round ?? 0;
  const beads: Bead[] = [];
  for (let each = 1; each <= plan.rounds; each++) {
    if (each > 1)
      beads.push({ kind: "rest", text: resting, state: stateOf(each, round, isResting && phase?.midRound === false, each <= round) });
    if (isResting && phase?.midRound && each === round) beads.push({ kind: "rest", text: t("timer.bead-rest-now"), state: "now" });
    beads.push({ kind: "do", text: doing, state: stateOf(each, round, phase?.kind === "doing", each < round) });
  }
  return beads;
}

function stateOf(each: number, round: number, isHere: boolean, isPast: boolean): NonNullable<Bead["state"]> {
  if (each === round && isHere) return "now";
  return isPast ? "past" : "next";
}
