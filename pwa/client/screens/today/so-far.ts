/** What the day holds so far, as rows: each leads to where it can be read whole. */
import { type CheckIn, checkIn, roughDay, type Win, win } from "../../domain/record-types.ts";
import type { Recorded, RecordType } from "../../domain/schema.ts";
import type { TodayPage } from "../../domain/today.ts";
import { newestFirst } from "../../domain/written.ts";
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

/**
 * Check-ins, rough days, sessions and wins, newest first as in the diary. `day` is the day they are of. `textsOf` gives
 * all versions of a text: where it was written in several places, none of them is hidden.
 */
export function soFar(
  { checkInsToday, roughDaysToday, sessionsToday }: TodayPage,
  winsToday: readonly Recorded<Win>[],
  day: string,
  textsOf: (type: RecordType, id: string, field: string) => readonly string[] = () => [],
): readonly SoFarRow[] {
  const twofold = new Set<string>();
  const allOf = (type: RecordType, id: string, field: string, one: string | undefined): string | undefined => {
    const texts = one === undefined ? [] : textsOf(type, id, field);
    if (texts.length < 2) return one;
    twofold.add(id);
    return texts.join("\n");
  };
  return [
    ...checkInsToday.map(({ id, values }) => {
      const words = allOf(checkIn, id, "note", values.note) ?? allOf(checkIn, id, "word", values.word);
      return { id, values, ...checkInRow(values, words), href: `/check-in/${id}` };
    }),
    ...roughDaysToday.map(({ id, values }) => ({
      id,
      values,
      text: allOf(roughDay, id, "word", values.word) ?? (values.how === undefined ? t("rough-day.title") : t(`rough-day.${values.how}`)),
      isWords: values.word !== undefined,
      href: `/diary/${day}`,
    })),
    ...sessionsToday.map(({ id, values }) => ({ id, values, text: runName(values), isWords: true, href: `/diary/${day}` })),
    ...winsToday.map(({ id, values }) => ({
      id,
      values,
      text: allOf(win, id, "words", values.words) ?? t("entry.win"),
      isWords: true,
      href: `/wins/${id}`,
    })),
  ]
    .sort(newestFirst)
    .map(({ id, values: { written: moment, offset = 0 }, went, ...row }: Found) => {
      const at = moment === undefined ? undefined : timeInWords(moment, offset);
      return {
        ...row,
        key: id,
        note: twofold.has(id)
          ? t("text-versions.row")
          : went === undefined || at === undefined
            ? (went ?? at)
            : t("entry.and-when", { entry: went, when: at }),
      };
    });
}

interface Found extends Pick<SoFarRow, "href" | "text" | "isWords"> {
  readonly id: string;
  readonly values: { readonly written?: number; readonly offset?: number };
  /** How the day went, where the text says something else. */
  readonly went?: string | undefined;
}

/** A check-in shows its words, and under them its answer. */
function checkInRow({ went }: CheckIn, words: string | undefined): Pick<Found, "text" | "isWords" | "went"> {
  const answer = went === undefined ? undefined : t(wentKey(went));
  return words === undefined ? { text: answer ?? t("check-in.title"), isWords: false } : { text: words, isWords: true, went: answer };
}
