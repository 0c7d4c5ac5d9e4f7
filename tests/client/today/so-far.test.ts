/** Today so far reads as a day does: by the clock, the newest first, and each row says what was said. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Day } from "../../../pwa/client/domain/day.ts";
import { type TodayRecords, todayPage } from "../../../pwa/client/domain/today.ts";
import { soFar } from "../../../pwa/client/screens/today/so-far.ts";
import { speakEnglishInBritain } from "../frame/in-britain.ts";

const TODAY = "2026-03-03" as Day;
const at = (hour: number) => ({ written: Date.parse(`${TODAY}T00:00:00Z`) + hour * 3_600_000, offset: 0, day: TODAY });
const BLANK: TodayRecords = { checkIns: [], roughDays: [], sessions: [], activities: [], goals: [], steps: [] };

before(speakEnglishInBritain);

test("all kinds stand by their time, wins too", () => {
  const page = todayPage(TODAY, {
    ...BLANK,
    checkIns: [
      { id: "a", values: { ...at(9), went: "less" } },
      { id: "b", values: { ...at(13), note: "Tired" } },
    ],
    roughDays: [{ id: "c", values: { ...at(12), how: "rough" } }],
    sessions: [{ id: "d", values: { ...at(10), name: "Walking" } }],
  });
  const rows = soFar(page, [{ id: "e", values: { ...at(11), words: "Asked for help" } }], TODAY);
  assert.deepEqual(
    rows.map(({ text, note, href }) => [text, note, href]),
    [
      ["Tired", "13:00", "/check-in/b"],
      ["Rough", "12:00", "/diary/2026-03-03"],
      ["Asked for help", "11:00", "/wins/e"],
      ["Walking", "10:00", "/diary/2026-03-03"],
      ["Less", "9:00", "/check-in/a"],
    ],
  );
});

test("a check-in with words shows its answer as well", () => {
  const row = (values: object) =>
    soFar(todayPage(TODAY, { ...BLANK, checkIns: [{ id: "a", values: { ...at(9), ...values } }] }), [], TODAY)[0];
  assert.deepEqual(
    [row({ note: "Tired", went: "about" })?.text, row({ note: "Tired", went: "about" })?.note],
    ["Tired", "About as planned, 9:00"],
  );
  assert.equal(row({ word: "Foggy", went: "about" })?.text, "Foggy");
  assert.equal(row({ went: "about" })?.text, "About as planned");
});

test("words that were written in two places both stand there", () => {
  const page = todayPage(TODAY, { ...BLANK, checkIns: [{ id: "a", values: { ...at(9), note: "Tired" } }] });
  const wins = [{ id: "e", values: { ...at(8), words: "Asked for help" } }];
  const rows = soFar(page, wins, TODAY, (_type, id, field) => (id === "a" && field === "note" ? ["Tired", "Slept in the chair"] : []));
  assert.deepEqual(
    rows.map(({ text, note }) => [text, note]),
    [
      ["Tired\nSlept in the chair", "Written in two places. Tap to choose."],
      ["Asked for help", "8:00"],
    ],
  );
});
