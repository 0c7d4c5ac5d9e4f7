import { ButtonLink } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ListRow, Rows } from "../../components/rows.tsx";
import { Section } from "../../components/section.tsx";
import { mayStart } from "../../domain/activity.ts";
import { activity } from "../../domain/record-types.ts";
import type { Run } from "../../domain/run.ts";
import { todayPage } from "../../domain/today.ts";
import type { StoreFailureCode } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { activityName, amountInWords } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { OwnMinutes } from "./own-minutes.tsx";
import { SetUp } from "./set-up.tsx";

export interface BeginTimerProps {
  /** The activity the address names, if it does. */
  readonly activityId: string | null;
  /** A number of minutes, without an activity. */
  readonly isOwnMinutes: boolean;
  readonly trouble: StoreFailureCode | null;
  readonly onBegin: (run: Run) => void;
}

/** No timer runs: begin one for the activity asked for, or choose what for. It never starts by itself. */
export function BeginTimer({ activityId, isOwnMinutes, trouble, onBegin }: BeginTimerProps) {
  const { diary } = useApp();
  const kept = activityId === null ? undefined : diary.one(activity, activityId);
  if (activityId !== null && kept === undefined && !diary.isWhole.value) return null;
  if (kept !== undefined) {
    if (!mayStart(kept.values)) return <NoNumberYet id={kept.id} name={activityName(kept.values)} />;
    return <SetUp id={kept.id} activity={kept.values} trouble={trouble} onBegin={onBegin} />;
  }
  return isOwnMinutes ? <OwnMinutes trouble={trouble} onBegin={onBegin} /> : <ChooseWhat />;
}

function NoNumberYet({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <Room name={t("timer.title")} title={name} back={{ href: "/plans", text: t("places.plans") }}>
      <p class="lead">{t("timer.no-number")}</p>
      <Dock>
        <ButtonLink kind="main" isWide href={`/plans/activities/${id}?change`}>
          {t("activity.write-number")}
        </ButtonLink>
      </Dock>
    </Room>
  );
}

/** The activities that have a number, those done lately first; or a number of minutes without one. */
function ChooseWhat() {
  useStage("timer/choose");
  const { diary, clock } = useApp();
  const none = { checkIns: [], roughDays: [], sessions: [], goals: [], steps: [] };
  const page = todayPage(clock.today.value, { ...none, activities: diary.all(activity).value, lastDone: diary.lastDone });
  const ready = page.activities.filter(({ values }) => mayStart(values));
  return (
    <Room name={t("timer.title")} title={t("timer.choose")} back={{ href: "/", text: t("places.today") }}>
      {ready.length === 0 ? (
        <EmptyState text={t("timer.nothing-to-choose")}>
          <ButtonLink kind="main" href="/plans">
            {t("timer.to-plans")}
          </ButtonLink>
        </EmptyState>
      ) : (
        <Section heading={t("timer.my-activities")}>
          <Rows>
            {ready.map(({ id, values }) => (
              <ListRow
                key={id}
                href={`/timer?activity=${id}`}
                text={activityName(values)}
                isWords={values.name !== undefined}
                note={amountInWords(values)}
              />
            ))}
          </Rows>
        </Section>
      )}
      <ButtonLink isWide href="/timer?own" icon="clock">
        {t("timer.own-minutes")}
      </ButtonLink>
    </Room>
  );
}
