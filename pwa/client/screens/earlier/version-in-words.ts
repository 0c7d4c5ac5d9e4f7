/** A version of a record in words: what the person wrote, and what they chose. */
import type { Day } from "../../domain/day.ts";
import type { DiaryEntry } from "../../domain/diary.ts";
import { type Activity, activity, checkIn, type Goal, goal, roughDay, type Step, session, step, win } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import type { Kept } from "../../store/records.ts";
import { t, tn } from "../../words/index.ts";
import { KIND, UNIT } from "../activity/activity-words.ts";
import { entryInWords, textsOf } from "../entries/entry-in-words.ts";
import { activityName, amountInWords } from "../frame/amounts.ts";
import { ASKED, QUESTIONS, type Question } from "../goal/questions.ts";
import { STEP } from "../goal/step-words.ts";

export interface VersionInWords {
  /** The person's own words, each text by itself. */
  readonly words: readonly string[];
  /** What was chosen, or answered to a question, in the app's words. */
  readonly said: readonly string[];
}

/** What one version says. `today` and `turn` are those of the clock. */
export function versionInWords(
  type: RecordType,
  kept: Kept<RecordType>,
  place: { readonly today: Day; readonly turn: number },
): VersionInWords {
  const { values } = kept;
  switch (type) {
    case checkIn:
    case roughDay:
    case session:
    case win: {
      const entry = { type: type.name, id: kept.id, values } as unknown as DiaryEntry;
      return entryInWords(entry, textsOf(kept), { ...place, day: null, isWentSaid: false });
    }
    case goal:
      return goalInWords(kept, values);
    case step:
      return stepInWords(kept, values);
    case activity:
      return activityInWords(values);
    default:
      return { words: [], said: [] };
  }
}

/** What is answered in words about a goal, beside the goal itself. */
const ANSWERS = QUESTIONS.filter((question) => question !== "words" && question !== "part" && question !== "sure" && question !== "step");

function goalInWords(kept: Kept<RecordType>, { part, sure, state }: Goal): VersionInWords {
  const answer = (question: Question, text: string): string => t("earlier.answer", { asked: t(ASKED[question].asked), answer: text });
  return {
    words: textsOf(kept)("words"),
    said: [
      ...(part === undefined ? [] : [t(`part-of-life.${part}`)]),
      ...ANSWERS.flatMap((question) => textsOf(kept)(question).map((text) => answer(question, text))),
      ...(sure === undefined ? [] : [answer("sure", t("goal.sure-of-10", { sure }))]),
      ...(state === undefined ? [] : [t(`goal-state.${state}`)]),
    ],
  };
}

function stepInWords(kept: Kept<RecordType>, { state }: Step): VersionInWords {
  return { words: [...textsOf(kept)("words"), ...textsOf(kept)("note")], said: state === undefined ? [] : [t(STEP[state].text)] };
}

function activityInWords(values: Activity): VersionInWords {
  const { kind, unit, rest } = values;
  return {
    words: [activityName(values)],
    said: [
      ...(kind === undefined ? [] : [t(KIND[kind])]),
      ...(unit === undefined ? [] : [values.amount === undefined ? t(UNIT[unit]) : amountInWords(values)]),
      ...(rest === undefined ? [] : [tn("activity.then-rest", rest)]),
    ],
  };
}

/** The same versions without those that say just what the one before them said: nothing a person wrote or chose lies between. */
export function differing<V extends VersionInWords>(versions: readonly V[]): readonly V[] {
  const said = versions.map(({ words, said }) => JSON.stringify([words, said]));
  return versions.filter((_, i) => said[i] !== said[i + 1]);
}
