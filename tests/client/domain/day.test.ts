import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  addDays,
  compareDays,
  type Day,
  dayOf,
  daysFrom,
  daysToFillIn,
  mayFillIn,
  monthOf,
  nextDay,
  parseDay,
  previousDay,
  spanOfDays,
  whyNotFillIn,
} from "../../../pwa/client/domain/day.ts";

const HOUR = 3_600_000;

const day = (text: string): Day => {
  const parsed = parseDay(text);
  assert.ok(parsed, `${text} is a day`);
  return parsed;
};

/** The instant at which a clock on the wall at this offset shows this local time. */
const wall = (local: string, offset: number) => ({
  at: Date.parse(`${local}Z`) - offset * 60_000,
  offset,
});

describe("a day is the local date where it was written, turning at 4", () => {
  const examples: [rule: string, local: string, offset: number, turn: number, expected: string][] = [
    ["noon is that date", "2026-05-14T12:00", 60, 4, "2026-05-14"],
    ["one minute to midnight is that date", "2026-05-14T23:59", 60, 4, "2026-05-14"],
    ["midnight belongs to the evening before", "2026-05-15T00:00", 60, 4, "2026-05-14"],
    ["3:59 belongs to the evening before", "2026-05-15T03:59:59.999", 60, 4, "2026-05-14"],
    ["4:00 begins the day", "2026-05-15T04:00", 60, 4, "2026-05-15"],
    ["a turn at 0 is the calendar's", "2026-05-15T00:00", 60, 0, "2026-05-15"],
    ["a turn at 23 begins late", "2026-05-15T22:59", 60, 23, "2026-05-14"],
    ["1 January before 4 is still the old year", "2027-01-01T03:00", 0, 4, "2026-12-31"],
    ["1 January at 4 is the new year", "2027-01-01T04:00", 0, 4, "2027-01-01"],
    ["14 hours east", "2026-05-15T04:00", 840, 4, "2026-05-15"],
    ["14 hours east, before 4", "2026-05-15T03:59", 840, 4, "2026-05-14"],
    ["14 hours west", "2026-05-15T04:00", -840, 4, "2026-05-15"],
    ["14 hours west, before 4", "2026-05-15T03:59", -840, 4, "2026-05-14"],
    ["an offset of three quarters of an hour", "2026-05-15T04:00", 345, 4, "2026-05-15"],
    ["29 February", "2028-02-29T12:00", 0, 4, "2028-02-29"],
    ["the night after 29 February", "2028-03-01T03:59", 0, 4, "2028-02-29"],
    ["no 29 February in 2100", "2100-03-01T03:59", 0, 4, "2100-02-28"],
    ["before 1970", "1969-12-31T12:00", 0, 4, "1969-12-31"],
  ];
  for (const [rule, local, offset, turn, expected] of examples) {
    test(rule, () => assert.equal(dayOf({ ...wall(local, offset), turn }), expected));
  }

  test("the same instant is two days in two places, each as written", () => {
    const at = Date.parse("2026-05-14T12:00Z");
    assert.equal(dayOf({ at, offset: 840 }), "2026-05-14");
    assert.equal(dayOf({ at: at + 3 * HOUR, offset: 840 }), "2026-05-15");
    assert.equal(dayOf({ at: at + 3 * HOUR, offset: -720 }), "2026-05-13");
  });

  test("the night the clocks go forward has no gap and no doubled day", () => {
    // In the UK on 29 March 2026, 01:00 GMT becomes 02:00 BST.
    const before = Date.parse("2026-03-29T00:59:59Z");
    const after = Date.parse("2026-03-29T01:00:00Z");
    assert.equal(dayOf({ at: before, offset: 0 }), "2026-03-28");
    assert.equal(dayOf({ at: after, offset: 60 }), "2026-03-28");
    assert.equal(dayOf({ at: after + 2 * HOUR - 1, offset: 60 }), "2026-03-28");
    assert.equal(dayOf({ at: after + 2 * HOUR, offset: 60 }), "2026-03-29");
  });

  test("the night the clocks go back, the hour that comes twice is one day", () => {
    // On 25 October 2026, 02:00 BST becomes 01:00 GMT.
    const change = Date.parse("2026-10-25T01:00:00Z");
    assert.equal(dayOf({ at: change - 1, offset: 60 }), "2026-10-24");
    assert.equal(dayOf({ at: change, offset: 0 }), "2026-10-24");
    assert.equal(dayOf({ at: change + 3 * HOUR, offset: 0 }), "2026-10-25");
  });

  test("a clock far beyond the calendar gives its last or first day, never an error", () => {
    assert.equal(dayOf({ at: 8.64e15, offset: 840 }), "9999-12-31");
    assert.equal(dayOf({ at: -8.64e15, offset: -840 }), "0001-01-01");
  });

  const instants = fc.integer({ min: -50_000_000_000_000, max: 200_000_000_000_000 });
  const offsets = fc.integer({ min: -840, max: 840 });
  const turns = fc.integer({ min: 0, max: 23 });

  test("law: the day is what the platform's own calendar says of the shifted instant", () => {
    fc.assert(
      fc.property(instants, offsets, turns, (at, offset, turn) => {
        const local = new Date(at + offset * 60_000 - turn * HOUR).toISOString().slice(0, 10);
        assert.equal(dayOf({ at, offset, turn }), local);
      }),
    );
  });

  test("law: an offset is the same as having been written so much later at Greenwich", () => {
    fc.assert(
      fc.property(instants, offsets, turns, (at, offset, turn) => {
        const atGreenwich = dayOf({ at: at + offset * 60_000, offset: 0, turn });
        assert.equal(dayOf({ at, offset, turn }), atGreenwich);
      }),
    );
  });

  test("law: 24 hours later in the same place is the next day", () => {
    fc.assert(
      fc.property(instants, offsets, (at, offset) => {
        const later = dayOf({ at: at + 24 * HOUR, offset });
        assert.equal(later, nextDay(dayOf({ at, offset })));
      }),
    );
  });
});

describe("only a real date of the calendar is a day", () => {
  for (const real of ["2026-05-14", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]) {
    test(`${real} is read`, () => assert.equal(parseDay(real), real));
  }
  const refused: unknown[] = [
    "2026-02-29",
    "2100-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-01-32",
    "0000-01-01",
    "2026-5-14",
    "2026-05-14T00:00",
    " 2026-05-14",
    "2026-05-14\n",
    "14/05/2026",
    "tomorrow",
    "",
    "٢٠٢٦-٠٥-١٤",
    20260514,
    null,
    undefined,
    {},
  ];
  for (const value of refused) {
    test(`${JSON.stringify(value)} is not`, () => assert.equal(parseDay(value), undefined));
  }
});

describe("days can be counted, also over month, year and leap day", () => {
  test("the day before and after", () => {
    assert.equal(previousDay(day("2026-03-01")), "2026-02-28");
    assert.equal(nextDay(day("2028-02-28")), "2028-02-29");
    assert.equal(nextDay(day("2026-12-31")), "2027-01-01");
  });

  test("a span holds both its ends, and none when it runs backwards", () => {
    const span = spanOfDays(day("2026-02-27"), day("2026-03-02"));
    assert.deepEqual(span, ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
    assert.deepEqual(spanOfDays(day("2026-03-02"), day("2026-03-02")), ["2026-03-02"]);
    assert.deepEqual(spanOfDays(day("2026-03-02"), day("2026-03-01")), []);
  });

  test("days sort by date", () => {
    const days = [day("2026-10-01"), day("2025-12-31"), day("2026-09-30")].sort(compareDays);
    assert.deepEqual(days, ["2025-12-31", "2026-09-30", "2026-10-01"]);
    assert.equal(compareDays(day("2026-01-01"), day("2026-01-01")), 0);
  });

  test("the month of a day", () => assert.equal(monthOf(day("2026-05-14")), "2026-05"));

  test("days at the ends of the calendar stay within it", () => {
    assert.equal(nextDay(day("9999-12-31")), "9999-12-31");
    assert.equal(previousDay(day("0001-01-01")), "0001-01-01");
  });

  test("law: going so many days on and counting them back agree", () => {
    const starts = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(starts, fc.integer({ min: -100_000, max: 100_000 }), (at, days) => {
        const from = dayOf({ at, offset: 0 });
        const to = addDays(from, days);
        assert.equal(daysFrom(from, to), days);
        assert.equal(parseDay(to), to);
        assert.equal(compareDays(from, to), Math.sign(-days) + 0);
      }),
    );
  });
});

describe("the last seven days can be filled in, today included", () => {
  const today = day("2026-03-02");
  const examples: [day: string, code: string | undefined][] = [
    ["2026-03-03", "in-the-future"],
    ["2036-03-02", "in-the-future"],
    ["2026-03-02", undefined],
    ["2026-03-01", undefined],
    ["2026-02-24", undefined],
    ["2026-02-23", "too-long-ago"],
    ["2016-03-02", "too-long-ago"],
  ];
  for (const [given, code] of examples) {
    test(`${given} on ${today}: ${code ?? "may be filled in"}`, () => {
      assert.equal(whyNotFillIn(day(given), today), code);
      assert.equal(mayFillIn(day(given), today), code === undefined);
    });
  }

  test("they are offered today first, and each may be filled in", () => {
    const offered = daysToFillIn(today);
    assert.equal(offered.length, 7);
    assert.equal(offered[0], today);
    assert.equal(offered[6], "2026-02-24");
    assert.ok(offered.every((each) => mayFillIn(each, today)));
  });
});
