import { ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { ListRow, Rows } from "../../components/rows.tsx";
import { Section } from "../../components/section.tsx";
import { unusedPresets } from "../../domain/activity.ts";
import { isActive } from "../../domain/goal.ts";
import { activity, type Goal, goal } from "../../domain/record-types.ts";
import type { Recorded } from "../../domain/schema.ts";
import { t } from "../../words/index.ts";
import { BegunLines } from "../drafts/begun-lines.tsx";
import { activityName, amountInWords } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { inNameOrder } from "./name-order.ts";

/** What I decided on a good day: activities with their numbers, and goals. */
export function PlansScreen() {
  return (
    <Room name={t("places.plans")} under={t("plans.under")} place="plans">
      <BegunLines under="/plans" />
      <Activities />
      <Goals />
    </Room>
  );
}

/** One's own activities, then those that are there to begin with. */
function Activities() {
  const { diary } = useApp();
  const activities = diary.all(activity).value;
  const mine = inNameOrder(activities, ({ values }) => activityName(values));
  return (
    <Section heading={t("plans.activities")}>
      <Rows>
        {mine.map(({ id, values }) => (
          <ListRow
            key={id}
            href={`/plans/activities/${id}`}
            text={activityName(values)}
            isWords={values.name !== undefined}
            note={amountInWords(values)}
          />
        ))}
        {unusedPresets(activities).map((preset) => (
          <ListRow
            key={preset.preset}
            href={`/plans/activities/${preset.preset}`}
            text={activityName(preset)}
            note={amountInWords(preset)}
          />
        ))}
      </Rows>
      <ButtonLink kind="plain" isWide icon="add" href="/plans/activities/new">
        {t("plans.new-activity")}
      </ButtonLink>
    </Section>
  );
}

/** The goals that are being worked on; the others wait in a fold, and are as good. */
function Goals() {
  const { diary } = useApp();
  const goals = inNameOrder(diary.all(goal).value, ({ values }) => values.words ?? "");
  const [active, others] = [goals.filter(({ values }) => isActive(values)), goals.filter(({ values }) => !isActive(values))];
  return (
    <Section heading={t("plans.goals")}>
      {goals.length === 0 && diary.isWhole.value && <p class="quiet">{t("plans.no-goals")}</p>}
      {active.length > 0 && <GoalRows goals={active} />}
      <ButtonLink kind="plain" isWide icon="add" href="/plans/goals/new">
        {t("plans.new-goal")}
      </ButtonLink>
      {others.length > 0 && (
        <Fold summary={t("plans.other-goals")}>
          <GoalRows goals={others} />
        </Fold>
      )}
    </Section>
  );
}

function GoalRows({ goals }: { readonly goals: readonly Recorded<Goal>[] }) {
  return (
    <Rows>
      {goals.map(({ id, values }) => (
        <ListRow
          key={id}
          href={`/plans/goals/${id}`}
          icon="goals"
          text={values.words ?? t("goal.no-words")}
          isWords
          note={noteOf(values)}
        />
      ))}
    </Rows>
  );
}

function noteOf({ state = "active", part }: Goal): string | undefined {
  if (state !== "active") return t(`goal-state.${state}`);
  return part === undefined ? undefined : t(`part-of-life.${part}`);
}
