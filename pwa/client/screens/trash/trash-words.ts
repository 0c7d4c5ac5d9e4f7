/** What lies in the trash, in words. */
import { activity, checkIn, goal, roughDay, session, step, win } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import type { Kept } from "../../store/records.ts";
import { type Key, t } from "../../words/index.ts";
import { wentKey } from "../check-in/went.ts";
import { firstWords } from "../entries/first-words.ts";
import { activityName } from "../frame/amounts.ts";

export interface Trashed {
  readonly type: RecordType;
  readonly kept: Kept<RecordType>;
}

/** The types that a person deletes, and what each is called. */
const NAMES = new Map<RecordType, Key>([
  [checkIn, "entry.check-in"],
  [roughDay, "entry.rough-day"],
  [session, "entry.session"],
  [win, "entry.win"],
  [activity, "trash.activity"],
  [goal, "trash.goal"],
  [step, "trash.step"],
]);

export const TRASHED_TYPES: readonly RecordType[] = [...NAMES.keys()];

/** What sort of thing it is. */
export function sortInWords({ type }: Trashed): string {
  return t(NAMES.get(type) ?? "trash.no-words");
}

/** What the person knows it by, and whether those are their own words. */
export function knownBy({ type, kept }: Trashed): { readonly text: string; readonly isWords: boolean } {
  const own = TEXTS.flatMap((field) => kept.texts(field)).find(({ text }) => text.trim() !== "");
  if (own !== undefined) return { text: firstWords(own.text), isWords: true };
  return { text: chosenIn(type, kept), isWords: false };
}

/** Where the person's words stand, whichever the type; the most telling first. */
const TEXTS = ["words", "note", "word", "name"];

/** What was chosen, of a thing without words. */
function chosenIn(type: RecordType, { values }: Kept<RecordType>): string {
  const went = checkIn.fields.went.parse(values.went);
  const how = roughDay.fields.how.parse(values.how);
  const preset = activity.fields.preset.parse(values.preset);
  if (type === checkIn && went !== undefined) return t(wentKey(went));
  if (type === roughDay && how !== undefined) return t(`rough-day.${how}`);
  if (type === activity && preset !== undefined) return activityName({ preset });
  return t("trash.no-words");
}
