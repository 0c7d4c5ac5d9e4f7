import { SyncLine } from "../../components/sync-line.tsx";
import type { Day } from "../../domain/day.ts";
import { t } from "../../words/index.ts";
import { otherDaysBegun } from "../drafts/begun.ts";
import { useWaitingDrafts } from "../drafts/waiting.ts";
import { dayInWords } from "../frame/dates.ts";

export interface OtherDaysProps {
  /** The day this check-in is for. */
  readonly day: Day;
  readonly today: Day;
}

/** The ways from a new check-in to those begun for other days, and to today's. */
export function OtherDays({ day, today }: OtherDaysProps) {
  const begun = otherDaysBegun(useWaitingDrafts(), day).filter((other) => other !== today);
  if (begun.length === 0 && day === today) return null;
  return (
    <div class="stack-close">
      {begun.map((other) => (
        <SyncLine key={other} icon="pencil">
          <a href={`/check-in?day=${other}`}>{t("draft.go-on", { begun: t("draft.check-in-of", { day: dayInWords(other, today) }) })}</a>
        </SyncLine>
      ))}
      {day !== today && (
        <SyncLine icon="diary">
          <a href="/check-in">{t("check-in.today-instead")}</a>
        </SyncLine>
      )}
    </div>
  );
}
