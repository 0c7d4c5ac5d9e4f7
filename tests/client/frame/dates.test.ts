/** Dates in one style, whatever the phone's own tables say about commas. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Day } from "../../../pwa/client/domain/day.ts";
import { dayAsSaid, dayInWords, momentInWords } from "../../../pwa/client/screens/frame/dates.ts";
import { speakEnglishInBritain } from "./in-britain.ts";

const TODAY = "2026-11-23" as Day;

before(speakEnglishInBritain);

test("a day has its weekday and no comma, and its year where it is another", () => {
  assert.equal(dayInWords(TODAY, TODAY), "Monday 23 November");
  assert.equal(dayInWords("2025-11-23" as Day, TODAY), "Sunday 23 November 2025");
  assert.deepEqual(
    ["2026-11-23", "2026-11-22", "2026-11-21"].map((day) => dayAsSaid(day as Day, TODAY)),
    ["Today", "Yesterday", "Saturday 21 November"],
  );
});

test("a moment has its day and time, and its year where it is another", () => {
  const at = (year: number): number => new Date(year, 10, 23, 9, 30).getTime();
  assert.equal(momentInWords(at(2026), TODAY), "23 November at 9:30");
  assert.equal(momentInWords(at(2025), TODAY), "23 November 2025 at 9:30");
});
