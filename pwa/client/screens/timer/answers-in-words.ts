/** The answers about how a timer ended and how one is after it, in words. */
import type { Ended } from "../../domain/record-types.ts";
import type { Key } from "../../words/index.ts";
import type { After } from "./kept-timer.ts";

export const ENDED: Readonly<Record<Ended, Key>> = {
  "as-planned": "ended.as-planned",
  "stopped-sooner": "ended.stopped-sooner",
  "went-on": "ended.went-on",
  "dont-remember": "ended.dont-remember",
};

/** The same where a screen has just named the time at which the plan ended. */
export const ENDED_THEN: typeof ENDED = { ...ENDED, "as-planned": "timer.stopped-then" };

/** Said to each answer: none is better than another. */
export const SAID_TO: Readonly<Record<Ended, Key>> = {
  "as-planned": "timer.said-as-planned",
  "stopped-sooner": "timer.said-stopped-sooner",
  "went-on": "timer.said-went-on",
  "dont-remember": "timer.said-dont-remember",
};

export const AFTER: Readonly<Record<After, Key>> = {
  same: "after.same",
  "bit-sore": "after.bit-sore",
  "flare-up": "after.flare-up",
};
