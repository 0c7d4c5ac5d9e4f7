/** Every type of record in the diary. docs/domain.md says the same in a table, held by a test. */

import { choice, day, decimal, flag, instant, line, link, text, whole } from "./field.ts";
import { recordType, type Values } from "./schema.ts";
import { AMOUNT } from "./typed-number.ts";

/** Where and when it was written: `offset` is whole minutes east of UTC. */
const writing = { day: day(), written: instant(), offset: whole(-1080, 1080) };

const unit = choice(["minutes", "metres", "repeats", "own"]);

/** Sums over rounds, so wider than one amount. */
const total = decimal({ min: "0", max: "100000000" });

const part = choice([
  "home",
  "family-and-friends",
  "work-and-volunteering",
  "leisure",
  "movement",
  "caring-for-myself",
  "sleep-and-calm",
  "community",
]);

/** From 0 to 10: pain 0 none, 10 the most; the others 0 low, 10 good. */
const rating = whole(0, 10);

export const MOST_ROUNDS = 99;
export const LONGEST_REST_MINUTES = 120;

export const checkIn = recordType("check-in", {
  ...writing,
  went: choice(["much-less", "less", "about", "more", "much-more"]),
  rested: flag(),
  word: line(),
  note: text(),
  pain: rating,
  energy: rating,
  mood: rating,
  sleep: rating,
});

export const roughDay = recordType("rough-day", {
  ...writing,
  how: choice(["rough", "getting-by", "ok"]),
  word: line(),
});

export const activity = recordType("activity", {
  name: line(),
  kind: choice(["body", "thinking", "people", "feelings"]),
  unit,
  unitName: line(),
  amount: decimal(AMOUNT),
  rest: whole(1, LONGEST_REST_MINUTES),
  preset: choice(["sitting", "standing", "walking"]),
});

export const session = recordType("session", {
  activity: link(),
  name: line(),
  ...writing,
  unit,
  unitName: line(),
  planned: total,
  actual: total,
  rounds: whole(1, MOST_ROUNDS),
  ended: choice(["as-planned", "stopped-sooner", "went-on", "dont-remember"]),
  after: choice(["same", "bit-sore", "flare-up"]),
});

export const goal = recordType("goal", {
  words: text(),
  part,
  why: text(),
  where: text(),
  enough: text(),
  when: text(),
  sure: whole(0, 10),
  ifThen: text(),
  mark: text(),
  state: choice(["active", "resting", "changed", "done", "let-go"]),
});

export const step = recordType("step", {
  goal: link(),
  words: text(),
  order: whole(0, 1_000_000),
  state: choice(["tried", "partly", "done", "not-now"]),
  note: text(),
});

export const win = recordType("win", {
  kind: choice([
    "something-new",
    "a-step-done",
    "kept-to-the-plan",
    "stopped-in-time",
    "rested-on-purpose",
    "asked-for-help-or-said-no",
    "time-with-people",
    "helped-someone",
    "averted-a-setback",
    "back-sooner",
    "my-own",
  ]),
  words: text(),
  ...writing,
  from: link(),
  part,
});

export const settings = recordType("settings", {
  dayTurn: whole(0, 23),
  energy: choice(["full", "low"]),
  sound: flag(),
  vibration: flag(),
  scheme: choice(["system", "light", "dark"]),
  letters: choice(["two", "plain"]),
  painOff: flag(),
  energyOff: flag(),
  moodOff: flag(),
  sleepOff: flag(),
  restMinutes: whole(1, LONGEST_REST_MINUTES),
});

/** Each type under its own name, as records carry it. */
export const recordTypes = {
  "check-in": checkIn,
  "rough-day": roughDay,
  activity,
  session,
  goal,
  step,
  win,
  settings,
} as const;

export type TypeName = keyof typeof recordTypes;
export type CheckIn = Values<typeof checkIn>;
export type RoughDay = Values<typeof roughDay>;
export type Activity = Values<typeof activity>;
export type Session = Values<typeof session>;
export type Goal = Values<typeof goal>;
export type Step = Values<typeof step>;
export type Win = Values<typeof win>;
export type Settings = Values<typeof settings>;

export type Went = NonNullable<CheckIn["went"]>;
export type Unit = NonNullable<Activity["unit"]>;
export type Ended = NonNullable<Session["ended"]>;
export type PartOfLife = NonNullable<Goal["part"]>;
export type WinKind = NonNullable<Win["kind"]>;
