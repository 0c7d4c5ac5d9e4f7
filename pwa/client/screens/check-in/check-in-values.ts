/** A check-in as its form has it, and as it is kept. */
import type { Day } from "../../domain/day.ts";
import { type CheckIn, checkIn, type Went } from "../../domain/record-types.ts";
import { checkValues } from "../../domain/schema.ts";
import { RATINGS, type Rating } from "../../domain/settings.ts";
import { t } from "../../words/index.ts";
import { sentenceFor } from "../frame/complaints.ts";
import type { Complaints } from "../frame/form.ts";

export type CheckInValues = {
  readonly day: string;
  readonly went: Went | null;
  readonly rested: boolean;
  readonly note: string;
} & { readonly [R in Rating]: number | null };

/** What stands in the form for these values. */
export function formOf(values: CheckIn, day: Day): CheckInValues {
  const { went = null, rested = false, note = "", pain = null, energy = null, mood = null, sleep = null } = values;
  return { day, went, rested, note, pain, energy, mood, sleep };
}

/** What is to be kept: a part left blank is a part never said. */
export function valuesOf({ day, went, rested, note, ...ratings }: CheckInValues) {
  return {
    day: day as Day,
    went: went ?? undefined,
    rested: rested || undefined,
    note: note.trim() === "" ? undefined : note,
    ...(Object.fromEntries(RATINGS.map((rating) => [rating, ratings[rating] ?? undefined])) as { [R in Rating]: number | undefined }),
  };
}

/** What needs another look. A check-in with nothing in it is not kept: a blank day is a blank day. */
export function checkCheckIn(values: CheckInValues): Complaints<CheckInValues> {
  const { day: _day, ...said } = valuesOf(values);
  if (Object.values(said).every((value) => value === undefined)) return { note: t("check-in.nothing-yet") };
  const complaints: Record<string, string> = {};
  for (const { field, code } of checkValues(checkIn, valuesOf(values))) complaints[field] = sentenceFor(code);
  return complaints;
}
