import { Icon } from "../../components/icon.tsx";
import { compareDays, type Day, nextDay, previousDay } from "../../domain/day.ts";
import { t } from "../../words/index.ts";
import { dayAsSaid } from "../frame/dates.ts";

export interface BesideDaysProps {
  readonly day: Day;
  readonly today: Day;
}

/** The ways to the day before and the day after; none leads to a day that is still to come. */
export function BesideDays({ day, today }: BesideDaysProps) {
  const isToCome = compareDays(day, today) > 0;
  const before = isToCome ? today : previousDay(day);
  const after = nextDay(day);
  return (
    <nav class="beside-days" aria-label={t("one-day.beside")}>
      {before !== day && (
        <a class="text-link" href={`/diary/${before}`} rel="prev">
          <Icon name="back" /> {dayAsSaid(before, today)}
        </a>
      )}
      {compareDays(day, today) < 0 && (
        <a class="text-link beside-days-next" href={`/diary/${after}`} rel="next">
          {dayAsSaid(after, today)} <Icon name="forward" />
        </a>
      )}
    </nav>
  );
}
