/** Dates in one style: those put together of the catalogue's words are what the browser's own formatter writes. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { addDays, type Day, parseDay } from "../../../pwa/client/domain/day.ts";
import { dayAsSaid, dayInWords, momentInWords, timeHereInWords, timeInWords } from "../../../pwa/client/screens/frame/dates.ts";
import { speakEnglishInBritain } from "./in-britain.ts";

const day = (text: string) => parseDay(text) as Day;
const today = day("2026-11-23");
const anyMoment = fc.integer({ min: Date.UTC(1970), max: Date.UTC(2100) });

before(speakEnglishInBritain);

function onAPhoneIn(...languages: string[]): void {
  Object.defineProperty(navigator, "languages", { value: languages, configurable: true });
}

test("a day has its weekday and no comma, and its year where it is another", () => {
  assert.equal(dayInWords(today, today), "Monday 23 November");
  assert.equal(dayInWords(day("2025-11-23"), today), "Sunday 23 November 2025");
  assert.deepEqual(
    ["2026-11-23", "2026-11-22", "2026-11-21"].map((one) => dayAsSaid(day(one), today)),
    ["Today", "Yesterday", "Saturday 21 November"],
  );
});

test("a moment has its day and time, and its year where it is another", () => {
  const at = (year: number): number => new Date(year, 10, 23, 9, 30).getTime();
  assert.equal(momentInWords(at(2026), today), "23 November at 9:30");
  assert.equal(momentInWords(at(2025), today), "23 November 2025 at 9:30");
});

test("in the language of the words, each is as the browser writes it, but for the comma before a number", () => {
  onAPhoneIn("en-GB", "de");
  const said = (options: Intl.DateTimeFormatOptions, at: number) => new Intl.DateTimeFormat("en-GB", options).format(at);
  const [time, utc] = [{ hour: "numeric", minute: "2-digit" }, { timeZone: "UTC" }] as const;
  const dated = { weekday: "long", day: "numeric", month: "long" } as const;
  for (let ago = 0; ago < 800; ago++) {
    const one = addDays(today, -ago);
    const year = one.startsWith("2026") ? {} : ({ year: "numeric" } as const);
    assert.equal(dayInWords(one, today), said({ ...dated, ...year, ...utc }, Date.parse(one)).replace(", ", " "));
  }
  fc.assert(
    fc.property(anyMoment, fc.integer({ min: -840, max: 840 }), (at, offset) => {
      const year = new Date(at).getFullYear() === 2026 ? {} : ({ year: "numeric" } as const);
      assert.equal(timeInWords(at, offset), said({ ...time, ...utc }, at + offset * 60_000));
      assert.equal(timeHereInWords(at), said(time, at));
      assert.equal(momentInWords(at, today), said({ day: "numeric", month: "long", ...year, ...time }, at));
    }),
  );
});

test("in another form of the language, as that is written; in another language, in the words' own", () => {
  const ninth = day("2026-05-09");
  onAPhoneIn("de", "en-US");
  assert.equal(dayInWords(ninth, today), "Saturday, May 9");
  assert.match(timeInWords(Date.UTC(2026, 4, 14, 13, 5), 0), /^1:05\sPM$/);
  onAPhoneIn("de");
  assert.equal(dayInWords(ninth, today), "Saturday 9 May");
});

test("moments beyond every clock are shown, as the end", () => {
  onAPhoneIn("en-GB");
  for (const at of [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
    assert.match(momentInWords(at, today), /^\d+ \w+ -?\d+ at \d+:\d\d$/);
    assert.match(timeInWords(at, 60), /^\d+:\d\d$/);
  }
});
