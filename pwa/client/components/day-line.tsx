import { t } from "../words/index.ts";

/** Three stones about their own middle, 28 units wide. */
const STONES = [
  "M14.2 0.1C14.2 2.2 14.1 4.8 13 6.5C11.8 8.3 9.2 9.8 7 10.6C4.9 11.4 2.4 11.1 0 11.2C-2.4 11.2-5.1 11.6-7.4 10.8C-9.4 10-11.8 8.1-12.9 6.4C-13.9 4.6-13.8 2.2-13.9 0.1C-13.9-2-14.2-4.5-13.1-6.3C-12.1-8.2-9.6-10.1-7.6-10.9C-5.4-11.6-2.4-11.1 0-10.9C2.4-10.8 4.8-10.9 6.9-10.1C9-9.3 11.5-7.9 12.6-6.2C14-4.5 14.1-2 14.2 0.1Z",
  "M12.4 0.1C12.4 2.1 12.7 4.3 11.8 6C10.9 7.8 8.9 9.7 6.9 10.5C5 11.3 2.3 11 0.1 10.9C-2.1 10.9-4.6 11-6.6 10.2C-8.6 9.5-10.8 7.9-11.9 6.2C-12.9 4.5-12.9 2.1-12.9 0.1C-12.8-1.9-12.6-4.2-11.5-5.8C-10.4-7.4-8.3-8.9-6.4-9.8C-4.4-10.6-2.1-10.7 0.1-10.8C2.3-10.9 5.1-11.3 7.1-10.5C9.1-9.7 11.1-7.7 12-5.9C12.9-4.2 12.5-1.9 12.4 0.1Z",
  "M12.5 0C12.6 2.2 13 4.8 12.1 6.7C11.1 8.6 8.9 10.7 6.9 11.5C4.9 12.2 2.2 11.8 0 11.6C-2.2 11.5-4.5 11.6-6.5 10.8C-8.5 9.9-10.7 8.4-11.8 6.6C-12.9 4.8-13 2.2-13 0C-13-2.2-12.9-4.7-11.9-6.6C-10.8-8.4-8.6-10.1-6.6-11C-4.6-11.9-2.2-11.8 0-11.8C2.2-11.9 4.8-12.2 6.8-11.3C8.7-10.4 10.7-8.3 11.7-6.5C12.6-4.6 12.4-2.2 12.5 0Z",
] as const;
const WIDTH = 328;
const EDGE = 18;

export interface DayStone {
  /** Where in the day it lies, from 0 (the morning begins) to 1 (the evening ends). */
  readonly at: number;
  /** `past` is done, `next` is what comes, `open` can wait. */
  readonly state: "past" | "next" | "open";
}

export interface DayLineProps {
  /** The whole picture as a sentence. */
  readonly label: string;
  readonly stones: readonly DayStone[];
  /** How much of the day is gone, from 0 to 1. */
  readonly now: number;
}

/** The day laid out: a stone for each thing, on ground that is drawn through as far as one has come. */
export function DayLine({ label, stones, now }: DayLineProps) {
  const here = across(now);
  return (
    <div class="day-line">
      <svg viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={label}>
        <path class="day-ground day-walked" d={`M2 36.2Q${here / 2} 35.2 ${here} 36.4`} />
        <path class="day-ground" d={`M${here + 6} 36.4Q${(here + WIDTH) / 2} 35.4 ${WIDTH - 2} 36.6`} />
        {stones.map(({ at, state }, index) => (
          <path key={index} class={`day-${state}`} d={STONES[index % STONES.length]} transform={`translate(${across(at)} 23)`} />
        ))}
      </svg>
      <p class="day-ends" aria-hidden="true">
        <span>{t("day-line.morning")}</span> <span>{t("day-line.afternoon")}</span> <span>{t("day-line.evening")}</span>
      </p>
    </div>
  );
}

function across(part: number): number {
  return Math.round(EDGE + Math.min(1, Math.max(0, part)) * (WIDTH - 2 * EDGE));
}
