/** Activities and amounts in words. */
import type { Activity, Unit } from "../../domain/record-types.ts";
import { type Key, type PluralKey, t, tn } from "../../words/index.ts";

const PRESET_NAMES: Readonly<Record<NonNullable<Activity["preset"]>, Key>> = {
  sitting: "activity.sitting",
  standing: "activity.standing",
  walking: "activity.walking",
};

const AMOUNTS: Readonly<Record<Exclude<Unit, "own">, PluralKey>> = {
  minutes: "amount.minutes",
  metres: "amount.metres",
  repeats: "amount.repeats",
};

/** What the person called it; what is there to begin with has a name of its own. */
export function activityName({ name, preset }: Pick<Activity, "name" | "preset">): string {
  if (name !== undefined && name.trim() !== "") return name;
  return preset === undefined ? t("activity.unnamed") : t(PRESET_NAMES[preset]);
}

/** "9 minutes"; in a unit of the person's own, the number and its name. */
export function amountInWords({ amount, unit, unitName }: Pick<Activity, "amount" | "unit" | "unitName">): string {
  if (amount === undefined || unit === undefined) return t("amount.none-yet");
  return unit === "own" ? t("amount.own", { amount, unit: unitName ?? "" }) : tn(AMOUNTS[unit], Number(amount), { amount });
}
