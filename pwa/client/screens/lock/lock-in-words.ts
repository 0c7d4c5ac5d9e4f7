/** The lock's times, as they are said. */
import type { Diary } from "../../store/diary.ts";
import { t, tn } from "../../words/index.ts";
import { lockMinutes } from "./watch.ts";

/** Minutes to choose from, and the one to begin with: long enough to rest with the phone beside one. */
export const LOCK_MINUTES: readonly number[] = [1, 5, 15, 60];
export const FIRST_MINUTES = 15;

/** How the lock is set, in a few words. */
export function lockInWords(minutes: number | null): string {
  return minutes === null ? t("lock.starts-only") : tn("lock.after", minutes);
}

/** Whether the app locks on this phone, for the line in Settings. */
export function howItLocks({ inside: { held } }: Diary): string {
  return held === null ? t("lock.off") : lockInWords(lockMinutes.value);
}
