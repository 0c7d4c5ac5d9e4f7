/** The phone's time: the one place where screens get it from. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Day, dayOf } from "../../domain/day.ts";

/** Where and when something is written. */
export interface Moment {
  readonly written: number;
  /** Whole minutes east of UTC. */
  readonly offset: number;
  readonly day: Day;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** This moment, with the day it belongs to. */
  moment(): Moment;
  /** The day it is; looked at anew when the app comes to the front or goes to another screen. */
  readonly today: ReadonlySignal<Day>;
  /** Look at the clock again. */
  look(): void;
}

/** `turn` is the hour at which the person's day begins. */
export function makeClock(now: () => number, turn: ReadonlySignal<number>): Clock {
  const looked = signal(now());
  const look = (): void => {
    looked.value = now();
  };
  const offsetAt = (at: number): number => -new Date(at).getTimezoneOffset();
  const dayAt = (at: number): Day => dayOf({ at, offset: offsetAt(at), turn: turn.value });
  document.addEventListener("visibilitychange", look);
  return {
    now,
    look,
    today: computed(() => dayAt(looked.value)),
    moment() {
      const written = now();
      return { written, offset: offsetAt(written), day: dayAt(written) };
    },
  };
}
