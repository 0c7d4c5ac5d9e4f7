/** An activity as its form has it, and as it is kept. */
import { type Activity, activity, LONGEST_REST_MINUTES, type Unit } from "../../domain/record-types.ts";
import { checkSaid, checkValues } from "../../domain/schema.ts";
import { readTypedDecimal, readTypedWhole } from "../../domain/typed-number.ts";
import { activityName } from "../frame/amounts.ts";
import { sentenceFor } from "../frame/complaints.ts";
import type { Complaints } from "../frame/form.ts";
import type { Kind } from "./activity-words.ts";

export type ActivityValues = {
  readonly name: string;
  readonly kind: Kind | null;
  readonly unit: Unit;
  readonly unitName: string;
  /** As they were typed. */
  readonly amount: string;
  readonly rest: string;
  /** Which of those that are there to begin with it is, if one; else empty. */
  readonly preset: string;
};

/** What stands in the form for these values. `restMinutes` is the rest that holds where none was said. */
export function formOf(values: Activity, restMinutes: number): ActivityValues {
  const { kind = null, unit = "minutes", unitName = "", amount = "", rest = restMinutes } = values;
  const hasName = values.name !== undefined || values.preset !== undefined;
  const name = hasName ? activityName(values) : "";
  return { name, kind, unit, unitName, amount, rest: String(rest), preset: values.preset ?? "" };
}

/** What is to be kept. A part left blank, and a name or a rest that were there already without being said, are never said. */
export function valuesOf(typed: ActivityValues, beginning: Activity, restMinutes: number) {
  const [amount, rest] = [readTypedDecimal(typed.amount), readTypedWhole(typed.rest, 1, LONGEST_REST_MINUTES)];
  const name = typed.name.trim();
  const isPresetsOwn = beginning.name === undefined && beginning.preset !== undefined && name === activityName(beginning);
  const isUsualRest = beginning.rest === undefined && rest.ok && rest.value === restMinutes;
  return {
    name: name === "" || isPresetsOwn ? undefined : name,
    kind: typed.kind ?? undefined,
    unit: typed.unit,
    unitName: typed.unit === "own" ? typed.unitName.trim() : undefined,
    amount: amount.ok ? amount.value : undefined,
    rest: rest.ok && !isUsualRest ? rest.value : undefined,
    preset: beginning.preset,
  };
}

/** What needs another look. A number may wait; a name may not, and a unit of one's own has one, too. */
export function checkActivity(typed: ActivityValues, beginning: Activity, restMinutes: number): Complaints<ActivityValues> {
  const complaints: Record<string, string> = {};
  const needed = [...(beginning.preset === undefined ? (["name"] as const) : []), ...(typed.unit === "own" ? (["unitName"] as const) : [])];
  for (const { field, code } of checkSaid(typed, needed)) complaints[field] = sentenceFor(code);
  const amount = readTypedDecimal(typed.amount);
  if (!amount.ok && amount.code !== "empty") complaints.amount = sentenceFor(amount.code);
  const rest = readTypedWhole(typed.rest, 1, LONGEST_REST_MINUTES);
  if (!rest.ok && rest.code !== "empty") complaints.rest = sentenceFor(rest.code);
  for (const { field, code } of checkValues(activity, valuesOf(typed, beginning, restMinutes))) complaints[field] = sentenceFor(code, true);
  return complaints;
}
