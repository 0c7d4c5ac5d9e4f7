/**
 * Days and times in words, as the person's phone writes them.
 *
 * Where the phone writes them as the catalogue does, the catalogue's words are put together here: the browser's own
 * formatter costs a slow phone a tenth of a second when it is first asked, and Today begins with a date.
 */
import { type Day, daysFrom } from "../../domain/day.ts";
import { type Fillings, t } from "../../words/index.ts";

/** "Thursday 14 May", with the year where it is another than `today`'s. */
export function dayInWords(day: Day, today: Day): string {
  const options = { weekday: "long", day: "numeric", month: "long" } as const;
  const shown = asUtc(noonOf(day));
  if (day.slice(0, 4) === today.slice(0, 4)) return inWords((parts) => t("day.of-year", parts), shown, options);
  // Some phones put a comma after the weekday when there is a year, some do not: where a number follows, none does.
  return inWords((parts) => t("day.of-other-year", parts), shown, { ...options, year: "numeric" }).replace(/^(\p{L}+), (?=\d)/u, "$1 ");
}

/** "Today", "Yesterday", or the day in words. */
export function dayAsSaid(day: Day, today: Day): string {
  const ago = daysFrom(day, today);
  if (ago === 0) return t("day.today");
  return ago === 1 ? t("day.yesterday") : dayInWords(day, today);
}

/** The time of day where it was written: `at` in ms, `offset` in minutes east of UTC. */
export function timeInWords(at: number, offset: number): string {
  return inWords((parts) => t("day.time", parts), asUtc(at + offset * 60_000), { hour: "numeric", minute: "2-digit" });
}

/** The time of day that this phone shows at `at` ms, past or to come: the clocks may change before then. */
export function timeHereInWords(at: number): string {
  return inWords((parts) => t("day.time", parts), asHere(at), { hour: "numeric", minute: "2-digit" });
}

/** Day and time on this phone, for what was written at `at` ms: "14 May at 9:30", with the year where it is another than `today`'s. */
export function momentInWords(at: number, today: Day): string {
  const shown = asHere(at);
  const isThisYear = shown.year === Number(today.slice(0, 4));
  const options = { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;
  if (isThisYear) return inWords((parts) => t("day.moment", parts), shown, options);
  return inWords((parts) => t("day.moment-other-year", parts), shown, { ...options, year: "numeric" });
}

/** A moment as clocks show it that stand in UTC, or here. */
interface Shown {
  readonly at: Date;
  readonly timeZone?: "UTC";
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

function asUtc(ms: number): Shown {
  const at = new Date(withinDates(ms));
  return {
    at,
    timeZone: "UTC",
    year: at.getUTCFullYear(),
    month: at.getUTCMonth(),
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

function asHere(ms: number): Shown {
  const at = new Date(withinDates(ms));
  return {
    at,
    year: at.getFullYear(),
    month: at.getMonth(),
    date: at.getDate(),
    weekday: at.getDay(),
    hour: at.getHours(),
    minute: at.getMinutes(),
  };
}

function noonOf(day: Day): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** `Date` ends here, in ms: what says more is shown as the end. */
const LAST_SHOWN = 8_640_000_000_000_000;

function withinDates(ms: number): number {
  return Math.min(Math.max(ms, -LAST_SHOWN), LAST_SHOWN);
}

type Words = (parts: Fillings) => string;

/** By the catalogue where the phone's locale is the catalogue's own and the year one of four digits; else by the browser. */
function inWords(words: Words, shown: Shown, options: Intl.DateTimeFormatOptions): string {
  const { year, month, date, weekday, hour, minute } = shown;
  const spoken = document.documentElement.lang || "en-GB";
  const own = locale(spoken);
  if (own !== spoken || year < 1 || year > 9999) return format(own, { ...options, timeZone: shown.timeZone }, shown.at);
  const time = { hour, minute: String(minute).padStart(2, "0") };
  return words({
    ...time,
    time: t("day.time", time),
    weekday: t("day.weekdays").split(" ")[weekday] ?? "",
    date,
    month: t("day.months").split(" ")[month] ?? "",
    year,
  });
}

/** The person's own locale where it is of the language around the date; else the one that the words are in. */
function locale(spoken: string): string {
  const isOfLanguage = (own: string): boolean => own.split("-", 1)[0] === spoken.split("-", 1)[0];
  return navigator.languages.find(isOfLanguage) ?? spoken;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(own: string, options: Intl.DateTimeFormatOptions, at: Date): string {
  const key = own + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(own, options);
  formats.set(key, made);
  return made.format(at);
}
