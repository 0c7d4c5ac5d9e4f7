import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Activity } from "../../../pwa/client/domain/record-types.ts";
import { formOf as activityForm, valuesOf as activityValues, checkActivity } from "../../../pwa/client/screens/activity/activity-values.ts";
import { checkGoal, formOf as goalForm, valuesOf as goalValues } from "../../../pwa/client/screens/goal/goal-values.ts";
import { speakEnglish } from "../timer/runs.ts";

before(speakEnglish);

const USUAL_REST = 5;
const WALKING: Activity = { preset: "walking", kind: "body", unit: "minutes" };

describe("an activity", () => {
  const typed = (typed: Partial<ReturnType<typeof activityForm>>, beginning: Activity = {}) => ({
    ...activityForm(beginning, USUAL_REST),
    name: "Wash up",
    ...typed,
  });
  const complaints = (values: Partial<ReturnType<typeof activityForm>>) => Object.keys(checkActivity(typed(values), {}, USUAL_REST));

  test("a number may wait, a name may not", () => {
    assert.deepEqual(complaints({}), []);
    assert.deepEqual(complaints({ name: "  " }), ["name"]);
  });
  test("a number with words, of nothing or too large is refused at its field", () => {
    for (const amount of ["9 minutes", "0", "-1", "1,000", "100001", "😀"]) assert.deepEqual(complaints({ amount }), ["amount"], amount);
    for (const rest of ["0", "121", "2.5", "soon"]) assert.deepEqual(complaints({ rest }), ["rest"], rest);
  });
  test("a unit of one's own needs its name, and only then has one", () => {
    assert.deepEqual(complaints({ unit: "own" }), ["unitName"]);
    assert.equal(activityValues(typed({ unit: "minutes", unitName: "plates" }), {}, USUAL_REST).unitName, undefined);
  });
  test("a name of more than a line's length is refused", () => {
    assert.deepEqual(complaints({ name: "x".repeat(201) }), ["name"]);
  });
  test("what is there to begin with keeps its own name until another is written", () => {
    const form = activityForm(WALKING, USUAL_REST);
    assert.equal(form.name, "Walking");
    assert.deepEqual(checkActivity({ ...form, name: "" }, WALKING, USUAL_REST), {});
    assert.equal(activityValues(form, WALKING, USUAL_REST).name, undefined);
    assert.equal(activityValues({ ...form, name: "Round the park" }, WALKING, USUAL_REST).name, "Round the park");
    assert.equal(activityValues(form, WALKING, USUAL_REST).preset, "walking");
  });
  test("the usual rest is said only when it is chosen against another", () => {
    assert.equal(activityValues(typed({ rest: "5" }), {}, USUAL_REST).rest, undefined);
    assert.equal(activityValues(typed({ rest: "7" }), {}, USUAL_REST).rest, 7);
    assert.equal(activityValues(typed({ rest: "5" }), { rest: 7 }, USUAL_REST).rest, 5);
  });
  test("numbers of any keyboard are kept exactly", () => {
    for (const amount of ["4.5", "4,5", " 4½ ", "٤٫٥"])
      assert.equal(activityValues(typed({ amount }), {}, USUAL_REST).amount, "4.5", amount);
  });
});

describe("a goal", () => {
  test("its own words are all it needs", () => {
    assert.deepEqual(Object.keys(checkGoal(goalForm({}))), ["words"]);
    assert.deepEqual(checkGoal({ ...goalForm({}), words: "Sunday lunch" }), {});
  });
  test("what was left blank is never said", () => {
    const values = goalValues({ ...goalForm({}), words: "Sunday lunch", why: " \n" });
    assert.deepEqual(
      Object.entries(values).filter(([, value]) => value !== undefined),
      [["words", "Sunday lunch"]],
    );
  });
  test("text that is too long is refused at its own question, the first step too", () => {
    const long = "x".repeat(10_001);
    assert.deepEqual(Object.keys(checkGoal({ ...goalForm({}), words: "a", why: long, step: long })), ["why", "step"]);
  });
});
