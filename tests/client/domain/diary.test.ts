import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Day, parseDay } from "../../../pwa/client/domain/day.ts";
import { type DiaryRecords, diaryPages, pageOf, wentOf } from "../../../pwa/client/domain/diary.ts";
import type { CheckIn, Goal, Session, Step } from "../../../pwa/client/domain/record-types.ts";
import type { Recorded } from "../../../pwa/client/domain/schema.ts";
import { nextSteps, type TodayRecords, todayPage } from "../../../pwa/client/domain/today.ts";
import { byDay } from "./by-day.ts";

const day = (text: string) => parseDay(text) as Day;
const THURSDAY = day("2026-05-14");
const WEDNESDAY = day("2026-05-13");

const checkIn = (id: string, values: CheckIn): Recorded<CheckIn> => ({ id, values });
const none = byDay<never>([]);
const nothing: DiaryRecords = { checkIns: none, roughDays: none, sessions: none, wins: none };

describe("the diary by day", () => {
  test("an empty diary has no pages; a blank day has a blank page, not a zero", () => {
    assert.deepEqual(diaryPages(nothing), []);
    assert.deepEqual(pageOf(THURSDAY, nothing), { day: THURSDAY, went: null, entries: [] });
  });

  test("pages come newest first, and so does what stands on each, of every type", () => {
    const pages = diaryPages({
      checkIns: byDay([checkIn("c1", { day: WEDNESDAY, written: 10 }), checkIn("c2", { day: THURSDAY, written: 20 })]),
      roughDays: byDay([{ id: "r1", values: { day: THURSDAY, written: 40, how: "rough" } }]),
      sessions: byDay([{ id: "s1", values: { day: THURSDAY, written: 30 } }]),
      wins: byDay([{ id: "w1", values: { day: WEDNESDAY, written: 5 } }]),
    });
    assert.deepEqual(
      pages.map((page) => [page.day, ...page.entries.map(({ type, id }) => `${type} ${id}`)]),
      [
        [THURSDAY, "rough-day r1", "session s1", "check-in c2"],
        [WEDNESDAY, "check-in c1", "win w1"],
      ],
    );
  });

  test("of a long diary no more days are looked at than are asked for", () => {
    const checkIns = byDay([THURSDAY, WEDNESDAY, day("2001-01-01")].map((given) => checkIn(given, { day: given })));
    const looked: (Day | null)[] = [];
    const of = (given: Day | null) => {
      looked.push(given);
      return checkIns.of(given);
    };
    const records = { ...nothing, checkIns: { ...checkIns, days: () => checkIns.days(), of } };
    const pages = diaryPages(records).slice(0, 2);
    assert.deepEqual(
      pages.map((page) => page.entries.length),
      [1, 1],
    );
    assert.deepEqual(looked, [THURSDAY, WEDNESDAY]);
  });

  test("an entry goes by the day given, not by when it was written", () => {
    const written = Date.parse("2026-05-14T12:00Z");
    const [page] = diaryPages({
      ...nothing,
      checkIns: byDay([checkIn("c", { day: WEDNESDAY, written })]),
    });
    assert.equal(page?.day, WEDNESDAY);
  });

  test("without a day it goes by when and where it was written; without both it comes last", () => {
    const pages = diaryPages({
      ...nothing,
      checkIns: byDay([
        checkIn("blank", { note: "still here" }),
        checkIn("far east", { written: Date.parse("2026-05-13T20:00Z"), offset: 840 }),
        checkIn("old", { day: day("2001-01-01") }),
      ]),
    });
    assert.deepEqual(
      pages.map((page) => [page.day, page.entries[0]?.id]),
      [
        [THURSDAY, "far east"],
        ["2001-01-01", "old"],
        [null, "blank"],
      ],
    );
  });

  test("of several answers the last written stands, and all are kept", () => {
    const checkIns = [
      checkIn("a", { day: THURSDAY, written: 30, went: "more" }),
      checkIn("b", { day: THURSDAY, written: 10, went: "less" }),
      checkIn("c", { day: THURSDAY, written: 40, note: "no answer" }),
    ];
    const page = pageOf(THURSDAY, { ...nothing, checkIns: byDay(checkIns) });
    assert.equal(page.went, "more");
    assert.equal(page.entries.length, 3);
  });

  test("two answers at the same time give the same on every phone", () => {
    const two = [checkIn("a", { written: 1, went: "less" }), checkIn("b", { written: 1, went: "more" })];
    assert.equal(wentOf(two), "more");
    assert.equal(wentOf(two.toReversed()), "more");
  });

  test("no answer is null, not about as planned", () => {
    assert.equal(wentOf([checkIn("a", { day: THURSDAY, rested: true })]), null);
  });
});

describe("what Today shows", () => {
  const empty: TodayRecords = { checkIns: [], roughDays: [], sessions: [], activities: [], goals: [], steps: [] };
  const goal = (id: string, values: Goal): Recorded<Goal> => ({ id, values });
  const step = (id: string, values: Step): Recorded<Step> => ({ id, values });
  const done = (id: string, values: Session): Recorded<Session> => ({ id, values });

  test("with nothing there, nothing", () => {
    assert.deepEqual(todayPage(THURSDAY, empty), {
      checkInsToday: [],
      roughDaysToday: [],
      sessionsToday: [],
      went: null,
      nextSteps: [],
      activities: [],
    });
  });

  test("today's entries only, newest first", () => {
    const page = todayPage(THURSDAY, {
      ...empty,
      checkIns: [
        checkIn("early", { day: THURSDAY, written: 1, went: "less" }),
        checkIn("late", { day: THURSDAY, written: 2, went: "about" }),
        checkIn("yesterday", { day: WEDNESDAY, written: 3, went: "much-more" }),
      ],
      sessions: [done("old", { day: WEDNESDAY }), done("new", { day: THURSDAY })],
      roughDays: [{ id: "r", values: { day: THURSDAY } }],
    });
    assert.deepEqual(
      page.checkInsToday.map(({ id }) => id),
      ["late", "early"],
    );
    assert.deepEqual(
      page.sessionsToday.map(({ id }) => id),
      ["new"],
    );
    assert.deepEqual(
      page.roughDaysToday.map(({ id }) => id),
      ["r"],
    );
    assert.equal(page.went, "about");
  });

  test("the next step of each active goal that has one", () => {
    const goals = [
      goal("g3", { state: "resting" }),
      goal("g2", { state: "active" }),
      goal("g1", {}),
      goal("g4", {}),
      goal("g5", { state: "done" }),
    ];
    const steps = [
      step("s1", { goal: "g1", order: 0, state: "done" }),
      step("s2", { goal: "g1", order: 1 }),
      step("s3", { goal: "g2", order: 0, state: "tried" }),
      step("s4", { goal: "g3", order: 0 }),
      step("s5", { goal: "g4", order: 0, state: "not-now" }),
      step("s6", { goal: "g5", order: 0 }),
    ];
    assert.deepEqual(
      nextSteps(goals, steps).map((each) => [each.goal.id, each.step.id]),
      [
        ["g1", "s2"],
        ["g2", "s3"],
      ],
    );
  });

  test("the activity done most lately comes first; the others keep their place", () => {
    const page = todayPage(THURSDAY, {
      ...empty,
      activities: ["d", "c", "b", "a"].map((id) => ({ id, values: {} })),
      sessions: [
        done("1", { activity: "b", written: 10 }),
        done("2", { activity: "c", written: 20 }),
        done("3", { activity: "b", written: 5 }),
        done("4", { written: 99 }),
        done("5", { activity: "gone", written: 99 }),
      ],
    });
    assert.deepEqual(
      page.activities.map(({ id }) => id),
      ["c", "b", "a", "d"],
    );
  });
});
