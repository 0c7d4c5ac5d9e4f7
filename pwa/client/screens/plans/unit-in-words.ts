import type { Unit } from "../../domain/record-types.ts";
import { type Key, t } from "../../words/index.ts";

const IN_UNIT: Readonly<Record<Exclude<Unit, "own">, Key>> = {
  minutes: "unit.in-minutes",
  metres: "unit.in-metres",
  repeats: "unit.in-repeats",
};

/** "in minutes"; for a unit of the person's own, by its name. */
export function unitInWords(unit: Unit, unitName: string): string {
  return unit === "own" ? t("unit.in-own", { unit: unitName }) : t(IN_UNIT[unit]);
}
