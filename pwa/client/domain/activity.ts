/** Activities: what is there to begin with, and when one can be started. */

import type { Activity } from "./record-types.ts";
import type { Recorded } from "./schema.ts";

export type Preset = NonNullable<Activity["preset"]>;

/** There to begin with, without an amount: that is the person's own. A screen names them. */
export const PRESETS: readonly (Activity & { readonly preset: Preset })[] = [
  { preset: "sitting", kind: "body", unit: "minutes" },
  { preset: "standing", kind: "body", unit: "minutes" },
  { preset: "walking", kind: "body", unit: "minutes" },
];

/** The presets that nobody has made an activity of yet. */
export function unusedPresets(activities: readonly Recorded<Activity>[]): readonly Activity[] {
  const used = new Set(activities.map(({ values }) => values.preset));
  return PRESETS.filter(({ preset }) => !used.has(preset));
}

/** Whether the timer can be started: there is an amount and a unit. */
export function mayStart({ amount, unit }: Activity): boolean {
  return amount !== undefined && unit !== undefined;
}
