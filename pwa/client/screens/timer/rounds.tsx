import { Choices } from "../../components/choices.tsx";
import { Thread } from "../../components/thread.tsx";
import type { Plan } from "../../domain/plan.ts";
import { t } from "../../words/index.ts";
import { beadsOf } from "./beads.ts";

/** Two, with a rest between them: the rest is what the timer is for. */
export const USUAL_ROUNDS = 2;

const ROUNDS = [1, 2, 3, 4, 5] as const;

export interface RoundsProps {
  readonly plan: Plan;
  /** The person's own unit, where it is one. */
  readonly unitName: string;
  readonly onChoose: (rounds: number) => void;
}

/** How many rounds, and what they look like with their rests. */
export function Rounds({ plan, unitName, onChoose }: RoundsProps) {
  return (
    <div class="stack">
      <Choices
        legend={t("timer.how-many-rounds")}
        name="rounds"
        isKept
        choices={ROUNDS.map((rounds) => ({ value: rounds, text: String(rounds) }))}
        chosen={plan.rounds}
        onChoose={(rounds) => onChoose(rounds ?? USUAL_ROUNDS)}
      />
      <Thread label={t("timer.rounds")} beads={beadsOf(plan, unitName)} />
      <p class="quiet">{t("timer.plan-is-the-most")}</p>
    </div>
  );
}
