/**
 * A day is the local date where something was written. It turns at 4 in the morning unless set
 * otherwise, so that a short night belongs to the evening before it. The offset of the place is
 * handed in and stored with each entry: travel and summer time never move what was written.
 */

declare const brand: unique symbol;

/** A real date of the calendar, "YYYY-MM-DD", from year 0001 to 9999. Sorts as text. */
export type Day = string & { readonly [brand]: "Day" };

export type Written = {
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
  /** Whole minutes east of UTC where it was written. */
  readonly offset: number;
};

/** The hour at which a day turns unless the person chose another. */
export const DAY_TURNS_AT = 4;

/** How many days, today included, can be filled in. */
export const DAYS_TO_FILL_IN = 7;

/** The day something belongs to. `turn` is the hour, 0–23, at which that person's day begins. */
export function dayOf({ at, offset, turn = DAY_TURNS_AT }: Written & { turn?: number }): Day {
  return dayFromNumber(Math.floor((at + offset * MINUTE - turn * HOUR) / DAY));
}

/** Reads "YYYY-MM-DD"; undefined when it is not a real date (30 February, month 13, other text). */
export function parseDay(value: unknown): Day | undefined {
  if (typeof value !== "string") return undefined;
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined || year === "0000") return undefined;
  const day = civilDay(daysFromCivil(Number(year), Number(month), Number(date)));
  return day === value ? day : undefined;
}

export type FillInCode = "in-the-future" | "too-long-ago";

/** Why a day cannot be filled in when it is `today`, or undefined when it can. */
export function whyNotFillIn(day: Day, today: Day): FillInCode | undefined {
  const ago = daysFrom(day, today);
  if (ago < 0) return "in-the-future";
  return ago < DAYS_TO_FILL_IN ? undefined : "too-long-ago";
}

/** Whether a day is one of the last seven, today included. */
export function mayFillIn(day: Day, today: Day): boolean {
  return whyNotFillIn(day, today) === undefined;
}

/** The days that can be filled in, today first. */
export function daysToFillIn(today: Day): Day[] {
  return spanOfDays(addDays(today, 1 - DAYS_TO_FILL_IN), today).reverse();
}

export function previousDay(day: Day): Day {
  return addDays(day, -1);
}

export function nextDay(day: Day): Day {
  return addDays(day, 1);
}

/** The day so many days later, or earlier when below zero; it stops at the ends of the calendar. */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** How many days lie from `from` to `to`: 1 from yesterday to today, below zero backwards. */
export function daysFrom(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Every day from `from` to `to`, both included, oldest first; none when `to` comes before. */
export function spanOfDays(from: Day, to: Day): Day[] {
  const length = Math.max(0, daysFrom(from, to) + 1);
  return Array.from({ length }, (_, index) => addDays(from, index));
}

/** For sorting, oldest first. */
export function compareDays(a: Day, b: Day): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The month of a day, "YYYY-MM". */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** Days since 1 January 1970. */
function dayNumber(day: Day): number {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return daysFromCivil(year, month, date);
}

/** A clock can be millions of years off; the day stays within the calendar that can be written. */
function dayFromNumber(days: number): Day {
  return civilDay(Math.min(Math.max(days, FIRST_DAY), LAST_DAY));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/* Both ways between dates and day numbers: Howard Hinnant, "chrono-Compatible Low-Level Date
   Algorithms". Years begin in March there, so that a leap day comes last. */

function daysFromCivil(year: number, month: number, date: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

function civilDay(days: number): Day {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const yearStart = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - yearStart;
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}` as Day;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

const FIRST_DAY = daysFromCivil(1, 1, 1);
const LAST_DAY = daysFromCivil(9999, 12, 31);
