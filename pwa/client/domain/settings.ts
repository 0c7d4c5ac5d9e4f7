/** Settings: one record, each field with what holds until the person chooses. */

import { DAY_TURNS_AT } from "./day.ts";
import type { Settings } from "./record-types.ts";
import type { Recorded } from "./schema.ts";

export type ChosenSettings = Required<Settings>;

export const DEFAULT_SETTINGS: ChosenSettings = {
  dayTurn: DAY_TURNS_AT,
  energy: "full",
  sound: true,
  vibration: true,
  scheme: "system",
  letters: "two",
  painOff: false,
  energyOff: false,
  moodOff: false,
  sleepOff: false,
  restMinutes: 5,
};

/** The settings in force. Two phones may each have begun a record: see `settingsRecord`. */
export function settingsInForce(records: readonly Recorded<Settings>[]): ChosenSettings {
  const byId = [...records].sort(firstMade).reverse();
  return Object.assign({ ...DEFAULT_SETTINGS }, ...byId.map(({ values }) => values));
}

/**
 * The record that a change of settings goes to, the same on every phone; undefined when there is
 * none yet. Fields it does not say are taken from the others.
 */
export function settingsRecord<R extends Recorded<Settings>>(records: readonly R[]): R | undefined {
  return [...records].sort(firstMade)[0];
}

/** The four ratings of a check-in, in the order in which they are asked. */
export const RATINGS = ["pain", "energy", "mood", "sleep"] as const;

export type Rating = (typeof RATINGS)[number];

/** The ratings that were not switched off for good. */
export function ratingsAsked(chosen: Settings): Rating[] {
  return RATINGS.filter((rating) => chosen[`${rating}Off`] !== true);
}

function firstMade(a: Recorded<Settings>, b: Recorded<Settings>): number {
  return a.id < b.id ? -1 : 1;
}
