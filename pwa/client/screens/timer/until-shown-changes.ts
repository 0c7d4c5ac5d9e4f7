import type { Phase } from "../../domain/timer.ts";

const MINUTE = 60_000;

/**
 * Milliseconds until the timer shows something else: the next whole minute, or the end of this phase. Null where only
 * the person changes it. The face shows each minute until it is over, so 6:00 and 5:01 are both "6".
 */
export function untilShownChanges({ kind, remainingMs }: Pick<Phase, "kind" | "remainingMs">): number | null {
  if (remainingMs === null || kind === "finished" || kind === "stopped") return null;
  const minutesAfter = Math.max(0, Math.ceil(remainingMs / MINUTE) - 1);
  return Math.ceil(remainingMs - minutesAfter * MINUTE);
}
