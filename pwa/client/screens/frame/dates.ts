/** Days and times in words, as the person's phone writes them. */
import { type Day, daysFrom } from "../../domain/day.ts";
import { t } from "../../words/index.ts";

/** "Thursday 14 May", with the year where it is another than `today`'s. */
export function dayInWords(day: Day, today: Day): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const said = format(
    { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }), timeZone: "UTC" },
    noonOf(day),
  );
  // Some phones put a comma after the weekday when there is a year, some do not: where a number follows, none does.
  return said.replace(/^(\p{L}+), (?=\d)/u, "$1 ");
}

/** "Today", "Yesterday", or the day in words. */
export function dayAsSaid(day: Day, today: Day): string {
  const ago = daysFrom(day, today);
  if (ago === 0) return t("day.today");
  return ago === 1 ? t("day.yesterday") : dayInWords(day, today);
}

/** The time of day where it was written: `at` in ms, `offset` in minutes east of UTC. */
export function timeInWords(at: number, offset: number): string {
  return format({ hour: "numeric", minute: "2-digit", timeZone: "UTC" }, at + offset * 60_000);
}

/** The time of day that this phone shows at `at` ms, past or to come: the clocks may change before then. */
export function timeHereInWords(at: number): string {
  return format({ hour: "numeric", minute: "2-digit" }, at);
}

/** Day and time on this phone, for what was written at `at` ms: "14 May at 9:30", with the year where it is another than `today`'s. */
export function momentInWords(at: number, today: Day): string {
  const sameYear = format({ year: "numeric" }, at) === format({ year: "numeric" }, noonOf(today));
  const day = format({ day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }, at);
  return t("day.at", { day, time: timeHereInWords(at) });
}

function noonOf(day: Day): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The person's own locale where it is of the language around the date; else the one that the words are in. */
function locale(): string {
  const spoken = document.documentElement.lang || "en-GB";
  const isOfLanguage = (own: string): boolean => own.split("-", 1)[0] === spoken.split("-", 1)[0];
  return navigator.languages.find(isOfLanguage) ?? spoken;
}

/** `Date` ends here, in ms: what says more is shown as the end. */
const LAST_SHOWN = 8_640_000_000_000_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, at: number): string {
  const key = JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, made);
  return made.format(Math.min(Math.max(at, -LAST_SHOWN), LAST_SHOWN));
}
