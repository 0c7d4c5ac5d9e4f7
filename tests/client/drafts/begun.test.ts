/** What was begun is told by what it is, and leads to where it can be gone on with. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Day } from "../../../pwa/client/domain/day.ts";
import { begunIn, otherDaysBegun } from "../../../pwa/client/screens/drafts/begun.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { speakEnglishInBritain } from "../frame/in-britain.ts";

const TODAY = "2026-03-03" as Day;

/** A diary of these records: their type, their id, and what of them matters here. */
function diaryOf(...records: readonly (readonly [type: string, id: string, values?: object])[]): Pick<Diary, "one" | "all"> {
  const kept = records.map(([type, id, values = {}]) => ({ type, id, values }));
  return {
    one: ({ name }: { name: string }, id: string) => kept.find((each) => each.type === name && each.id === id),
    all: ({ name }: { name: string }) => ({ value: kept.filter(({ type }) => type === name) }),
  } as unknown as Pick<Diary, "one" | "all">;
}

const waits = (name: string, values: object = {}) => ({ name, isElsewhere: false, left: { values, shown: null } });
const ALL = diaryOf(
  ["check-in", "c"],
  ["win", "w"],
  ["goal", "g"],
  ["step", "s", { goal: "g" }],
  ["activity", "a", { preset: "walking" }],
  ["session", "n"],
);

before(speakEnglishInBritain);

const EXAMPLES: readonly (readonly [name: string, href: string, text: string])[] = [
  ["check-in/c", "/check-in/c", "You began to change a check-in."],
  ["win", "/wins/new", "You began a win."],
  ["win/w", "/wins/w", "You began to change a win."],
  ["win/from/s", "/wins/new?from=s", "You began a win."],
  ["win/from/n", "/wins/new?from=n", "You began a win."],
  ["goal/new", "/plans/goals/new", "You began a goal."],
  ["goal/g", "/plans/goals/g?change", "You began to change a goal."],
  ["goal/g/step", "/plans/goals/g?step=new", "You began a step."],
  ["step/s", "/plans/goals/g?step=s", "You began to change a step."],
  ["step/s/note", "/plans/goals/g?how=s", "You began a word about a step."],
  ["activity/new", "/plans/activities/new", "You began an activity."],
  ["activity/a", "/plans/activities/a?change", "You began to change an activity."],
  ["rough-day", "/rough-day", "You began a word for a rough day."],
];

for (const [name, href, text] of EXAMPLES) {
  test(`${name}: ${text}`, () => assert.deepEqual(begunIn([waits(name)], TODAY, ALL), [{ href, text }]));
}

test("a check-in leads to its own day", () => {
  const of = (day: string) => begunIn([waits("check-in", { day })], TODAY, ALL)[0];
  assert.deepEqual(of("2026-03-03"), { href: "/check-in", text: "You began a check-in." });
  assert.deepEqual(of("2026-03-02"), { href: "/check-in?day=2026-03-02", text: "You began a check-in for Monday 2 March." });
});

test("an activity that is there to begin with leads to its own place, unless it is in use by now", () => {
  const of = (preset: string) => begunIn([waits("activity/new", { preset })], TODAY, ALL);
  assert.deepEqual(of("sitting"), [{ href: "/plans/activities/sitting", text: "You began an activity." }]);
  assert.deepEqual(of(""), [{ href: "/plans/activities/new", text: "You began an activity." }]);
  assert.deepEqual(of("walking"), []);
});

test("nothing is told of a timer, of what another tab has open, or of a record that is not here", () => {
  const names = ["timer", "timer-own", "timer-told", "check-in/x", "win/x", "win/from/x", "goal/x", "goal/x/step", "step/x", "step/x/note"];
  assert.deepEqual(
    begunIn(
      [...names, "activity/x", "else"].map((name) => waits(name)),
      TODAY,
      ALL,
    ),
    [],
  );
  assert.deepEqual(begunIn([{ name: "win", isElsewhere: true, left: null }], TODAY, ALL), []);
});

test("of two drafts that lead to one place one is told", () => {
  assert.equal(begunIn([waits("win"), waits("win")], TODAY, ALL).length, 1);
});

test("the other days that were begun, each once and the oldest first", () => {
  const drafts = ["2026-03-02", "2026-03-03", "2026-02-27", "2026-03-02", "no day"].map((day) => waits("check-in", { day }));
  assert.deepEqual(otherDaysBegun([...drafts, waits("win", { day: "2026-03-01" })], TODAY), ["2026-02-27", "2026-03-02"]);
});
