import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t, tn } from "../words/index.ts";

/** The stone, and the line its filling ends in; both in units of the drawing, 320 by 250. */
const STONE =
  "M310.6 128.7C309.6 143.3 311 156.2 307.8 170.1C304.5 183.9 301.2 200.4 290.9 211.7C280.7 223 263 232.5 246.1 237.9C229.2 243.3 208.5 243.6 189.7 244C170.9 244.4 152.3 242.7 133.4 240C114.5 237.4 94 234.4 76.5 228C59 221.7 40 212.4 28.5 201.9C17 191.4 11.2 177 7.5 164.8C3.7 152.6 5.4 141 6 128.7C6.6 116.5 6.9 104 11.1 91.3C15.3 78.6 19.8 63.3 31.1 52.5C42.4 41.6 61.7 32.3 79 26.2C96.3 20.2 116.4 19.3 134.8 16.3C153.2 13.2 169.9 9.9 189.2 8.2C208.6 6.4 232.2 1.8 250.9 6C269.7 10.2 291 20.5 301.5 33.3C312 46.1 312.5 67 314 82.9C315.5 98.8 311.6 114.2 310.6 128.7Z";
const FILLING = "M-10 3.7C1.7 2.5 36.7-3 60-3.3C83.3-3.7 106.7 1.8 130 1.7C153.3 1.6 166.7-3.8 200-3.8C233.3-3.8 308.3.8 330 1.7V260H-10Z";
const TOP = 2;
const BOTTOM = 248;

export interface TimerFaceProps {
  readonly at: "do" | "rest";
  /** Milliseconds left of the round; shown as whole minutes, the last one until it is over. */
  readonly left: number;
  /** Milliseconds of the whole round. */
  readonly whole: number;
  /** What is said under the face. */
  readonly children?: ComponentChildren;
}

/** The time left of a round: a stone that empties slowly, and whole minutes. It is read when asked, never called out. */
export function TimerFace({ at, left, whole, children }: TimerFaceProps) {
  const id = useId();
  const minutes = Math.max(0, Math.ceil(left / 60_000));
  const full = whole > 0 ? Math.min(1, Math.max(0, left / whole)) : 0;
  return (
    <div class={`timer at-${at}`}>
      <div class="face">
        <svg viewBox="0 0 320 250" aria-hidden="true">
          <clipPath id={id}>
            <path d={STONE} />
          </clipPath>
          <g clip-path={`url(#${id})`}>
            <path class="face-full" d={FILLING} transform={`translate(0 ${Math.round(BOTTOM - full * (BOTTOM - TOP))})`} />
          </g>
          <path class="face-edge" d={STONE} />
        </svg>
        <p class="face-words" role="timer" aria-live="off" aria-label={t(at === "do" ? "timer-face.do" : "timer-face.rest")}>
          <span class="face-number">{minutes}</span> <span>{tn("timer-face.left", minutes)}</span>
        </p>
      </div>
      {children}
    </div>
  );
}
