/**
 * Rough days. Saying how it is turns low-energy mode on; it stays, whatever was said, until *Show
 * everything* is tapped. The words are never turned into numbers.
 */

import type { Settings } from "./record-types.ts";

/** The change of settings that comes with a rough day. */
export const ROUGH_DAY_BEGINS = { energy: "low" } as const satisfies Settings;

/** The change of settings that comes with *Show everything*. */
export const SHOW_EVERYTHING = { energy: "full" } as const satisfies Settings;

/** Whether low-energy mode is on: everything dim and still, and the rough day opens first. */
export function isLowEnergy({ energy }: Settings): boolean {
  return energy === "low";
}

/** What opens first. */
export function firstPlace(settings: Settings): "rough-day" | "today" {
  return isLowEnergy(settings) ? "rough-day" : "today";
}
