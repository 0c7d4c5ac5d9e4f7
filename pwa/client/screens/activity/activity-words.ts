/** Kinds and units of activities in words. */
import type { Activity, Unit } from "../../domain/record-types.ts";
import type { Key } from "../../words/index.ts";

export type Kind = NonNullable<Activity["kind"]>;

export const KIND: Readonly<Record<Kind, Key>> = {
  body: "activity-kind.body",
  thinking: "activity-kind.thinking",
  people: "activity-kind.people",
  feelings: "activity-kind.feelings",
};

export const UNIT: Readonly<Record<Unit, Key>> = {
  minutes: "unit.minutes",
  metres: "unit.metres",
  repeats: "unit.repeats",
  own: "unit.own",
};
