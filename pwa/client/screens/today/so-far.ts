/** What the day holds so far, as rows: each leads to where it can be read whole. */
import type { TodayPage } from "../../domain/today.ts";
import { t } from "../../words/index.ts";
import { wentKey } from "../check-in/went.ts";
import { timeInWords } from "../frame/dates.ts";
import { runName } from "../timer/run-name.ts";

export interface SoFarRow {
  readonly key: string;
  readonly href: string;
  readonly text: string;
  /** The text is what the person wrote. */
  readonly isWords: boolean;
  /** When it was written. */
  readonly note: string | undefined;
}

/** Check-ins, rough days and sessions, each kind newest first. `day` is the day they are of. */
export function soFar({ checkInsToday, roughDaysToday, sessionsToday }: TodayPage, day: string): readonly SoFarRow[] {
  return [
    ...checkInsToday.map(({ id, values }) => ({
      ...rowOf(id, values, `/check-in/${id}`),
      text: values.note ?? (values.went === undefined ? t("check-in.title") : t(wentKey(values.went))),
      isWords: values.note !== undefined,
    })),
    ...roughDaysToday.map(({ id, values }) => ({
      ...rowOf(id, values, `/diary/${day}`),
      text: values.word ?? (values.how === undefined ? t("rough-day.title") : t(`rough-day.${values.how}`)),
      isWords: values.word !== undefined,
    })),
    ...sessionsToday.map(({ id, values }) => ({ ...rowOf(id, values, `/diary/${day}`), text: runName(values), isWords: true })),
  ];
}

function rowOf(key: string, { written, offset = 0 }: { readonly written?: number; readonly offset?: number }, href: string) {
  return { key, href, note: written === undefined ? undefined : timeInWords(written, offset) };
}
