import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ListRow, Rows } from "../../components/rows.tsx";
import { Section } from "../../components/section.tsx";
import { mayStart } from "../../domain/activity.ts";
import { activity, checkIn, goal, roughDay, session, step, win } from "../../domain/record-types.ts";
import { todayPage } from "../../domain/today.ts";
import { t } from "../../words/index.ts";
import { BegunLines } from "../drafts/begun-lines.tsx";
import { activityName, amountInWords } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { dayInWords } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { WhereItLives } from "../frame/where-it-lives.tsx";
import { RunningTimerLine, useRunningTimer } from "../timer/running-timer-line.tsx";
import { InstallLine } from "./install-line.tsx";
import { soFar } from "./so-far.ts";

/** The one screen people open: check in, start the timer, the next step of a goal. Nothing else asks for attention. */
export function TodayScreen() {
  const { diary, clock, backup } = useApp();
  const today = clock.today.value;
  const page = todayPage(today, {
    checkIns: diary.byDay(checkIn).value.of(today),
    roughDays: diary.byDay(roughDay).value.of(today),
    sessions: diary.byDay(session).value.of(today),
    lastDone: diary.lastDone,
    activities: diary.all(activity).value,
    goals: diary.all(goal).value,
    steps: diary.all(step).value,
  });
  const timer = useRunningTimer();
  // One thing at a time: while a timer waits for its person, nothing else is offered to start.
  const next = timer === null ? page.activities.find(({ values }) => mayStart(values)) : undefined;
  const entries = soFar(page, diary.byDay(win).value.of(today), today, (type, id, field) => {
    return (
      diary
        .one(type, id)
        ?.texts(field)
        .map(({ text }) => text) ?? []
    );
  });
  const needsYou = backup.status.value?.kind === "needs-you";
  const hasCheckedIn = page.checkInsToday.length > 0;
  return (
    <Room name={t("places.today")} under={dayInWords(today, today)} place="today">
      {needsYou && <WhereItLives />}
      {timer !== null && <RunningTimerLine text={timer} />}
      {!hasCheckedIn && (
        <ButtonLink kind={timer === null && next === undefined ? "main" : "plain"} isWide href="/check-in" icon="diary">
          {t("today.check-in")}
        </ButtonLink>
      )}
      {next !== undefined && (
        <Card heading={t("today.next")} name={activityName(next.values)}>
          <p>{amountInWords(next.values)}</p>
          <ButtonLink kind="main" isWide href={`/timer?activity=${next.id}`}>
            {t("today.start")}
          </ButtonLink>
        </Card>
      )}
      <BegunLines />
      {page.nextSteps.length > 0 && (
        <Section heading={t("today.next-steps")}>
          <Rows>
            {page.nextSteps.map(({ goal: { id, values }, step: next }) => (
              <ListRow key={id} href={`/plans/goals/${id}`} mark="open" text={next.values.words ?? ""} isWords note={values.words} />
            ))}
          </Rows>
        </Section>
      )}
      {entries.length > 0 && (
        <Section heading={t("today.so-far")}>
          <Rows>
            {entries.map((row) => (
              <ListRow {...row} key={row.key} />
            ))}
          </Rows>
          {hasCheckedIn && (
            <ButtonLink isWide href="/check-in" icon="diary">
              {t("today.check-in-again")}
            </ButtonLink>
          )}
        </Section>
      )}
      <InstallLine />
      {!needsYou && <WhereItLives />}
    </Room>
  );
}
