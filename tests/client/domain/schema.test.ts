import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  choice,
  day,
  decimal,
  type Field,
  type FieldValue,
  flag,
  instant,
  line,
  link,
  text,
  whole,
} from "../../../pwa/client/domain/field.ts";
import { activity, checkIn, recordTypes, win } from "../../../pwa/client/domain/record-types.ts";
import { checkSaid, checkValues, readValues } from "../../../pwa/client/domain/schema.ts";

const ID = "A".repeat(43);

describe("each kind of field says what it takes and why not", () => {
  const examples: [rule: string, field: Field<FieldValue>, value: unknown, code?: string][] = [
    ["text of many lines", text(), "one\ntwo"],
    ["empty text is said, and empty", text(), ""],
    ["emoji and right-to-left", text(), "👩🏽‍🦽 مرحبا"],
    ["text of 10,000", text(), "a".repeat(10_000)],
    ["text of 10,001", text(), "a".repeat(10_001), "too-long"],
    ["10,000 emoji, each as one", text(), "😀".repeat(10_000)],
    ["10,001 emoji", text(), "😀".repeat(10_001), "too-long"],
    ["letters and emoji, 10,001 together", text(), `${"a".repeat(5_000)}${"😀".repeat(5_001)}`, "too-long"],
    ["a line of 200 emoji", line(), "😀".repeat(200)],
    ["a line of 201 emoji", line(), "😀".repeat(201), "too-long"],
    ["text with a limit of its own", text({ max: 3 }), "abcd", "too-long"],
    ["a number for text", text(), 9, "not-text"],
    ["null for text", text(), null, "not-text"],
    ["a line", line(), "slow start"],
    ["a line of 201", line(), "a".repeat(201), "too-long"],
    ["two lines in a line", line(), "one\ntwo", "more-than-one-line"],
    ["a line separator in a line", line(), "one\u2028two", "more-than-one-line"],
    ["one of the answers", choice(["less", "more"]), "more"],
    ["another answer", choice(["less", "more"]), "most", "not-a-choice"],
    ["an inherited name", choice(["less", "more"]), "constructor", "not-a-choice"],
    ["the least whole number", whole(0, 10), 0],
    ["the greatest whole number", whole(0, 10), 10],
    ["one too many", whole(0, 10), 11, "out-of-range"],
    ["below zero", whole(0, 10), -1, "out-of-range"],
    ["a fraction for a whole number", whole(0, 10), 4.5, "not-whole"],
    ["NaN for a whole number", whole(0, 10), Number.NaN, "not-a-number"],
    ["text for a whole number", whole(0, 10), "9", "not-a-number"],
    ["yes", flag(), true],
    ["no", flag(), false],
    ["0 for no", flag(), 0, "not-a-flag"],
    ["a real date", day(), "2028-02-29"],
    ["a date that is none", day(), "2026-02-29", "not-a-day"],
    ["an instant", instant(), 1_778_760_000_000],
    ["the furthest instant", instant(), 8.64e15],
    ["beyond the furthest instant", instant(), 8.64e15 + 1, "not-an-instant"],
    ["a fraction of a millisecond", instant(), 0.5, "not-an-instant"],
    ["a decimal", decimal({ min: "0.001", max: "100" }), "4.5"],
    ["the greatest decimal", decimal({ min: "0.001", max: "100" }), "100"],
    ["a decimal beyond it", decimal({ min: "0.001", max: "100" }), "100.001", "out-of-range"],
    ["a timer of nothing", decimal({ min: "0.001", max: "100" }), "0", "out-of-range"],
    ["too fine", decimal({ min: "0", max: "100" }), "1.0001", "too-many-places"],
    ["not written as it is stored", decimal({ min: "0", max: "100" }), "4.50", "not-a-number"],
    ["words in a number", decimal({ min: "0", max: "100" }), "9 minutes", "not-a-number"],
    ["a float for a decimal", decimal({ min: "0", max: "100" }), 4.5, "not-a-number"],
    ["a link", link(), ID],
    ["a link too short", link(), ID.slice(1), "not-a-link"],
    ["a link of more than 32 bytes", link(), `${"A".repeat(42)}B`, "not-a-link"],
    ["a link with a plus", link(), `+${ID.slice(1)}`, "not-a-link"],
  ];
  for (const [rule, field, value, code] of examples) {
    test(`${rule}: ${code ?? "taken"}`, () => {
      assert.equal(field.problemWith(value), code);
      if (code === undefined) assert.equal(field.parse(value), value);
    });
  }

  test("bounds that are no decimals are refused at once", () => {
    assert.throws(() => decimal({ min: "-1", max: "1" }), RangeError);
  });
});

describe("reading is tolerant", () => {
  test("good values are read from a map and from a plain object alike", () => {
    const raw = { day: "2026-05-14", went: "less", rested: true, pain: 0, note: "" };
    assert.deepEqual(readValues(checkIn, raw), raw);
    assert.deepEqual(readValues(checkIn, new Map<string, unknown>(Object.entries(raw))), raw);
  });

  test("a bad value and an unknown field are absent, and nothing else is harmed", () => {
    const raw = { pain: 11, went: "sideways", day: "2026-02-30", mood: 3, fromLater: { a: [1] } };
    assert.deepEqual(readValues(checkIn, raw), { mood: 3 });
  });

  test("text longer than may be written is read whole: nobody's words are dropped", () => {
    const long = "a\n".repeat(20_000);
    assert.deepEqual(readValues(checkIn, { note: long, word: long }), { note: long, word: long });
  });

  test("a decimal written with a zero to spare is read as it is stored", () => {
    assert.deepEqual(readValues(activity, { amount: "4.50" }), { amount: "4.5" });
  });

  test("names that objects inherit are not read", () => {
    assert.deepEqual(readValues(checkIn, Object.create({ pain: 3 })), {});
    assert.deepEqual(readValues(checkIn, JSON.parse('{"__proto__": {"pain": 3}}')), {});
  });

  test("law: whatever is stored, reading never throws, and what it reads may be written", () => {
    const types = fc.constantFrom(...Object.values(recordTypes));
    const names = [...new Set(Object.values(recordTypes).flatMap((type) => Object.keys(type.fields)))];
    const raw = fc.dictionary(fc.constantFrom(...names, "other"), fc.anything());
    fc.assert(
      fc.property(types, raw, (type, stored) => {
        const values = readValues(type, stored);
        assert.deepEqual(readValues(type, values), values);
        const words = checkValues(type, values).map((problem) => problem.code);
        assert.ok(words.every((code) => code === "too-long" || code === "more-than-one-line"));
      }),
    );
  });
});

describe("writing is strict", () => {
  test("good values have no problem, nor has a field that is not said", () => {
    assert.deepEqual(checkValues(checkIn, {}), []);
    assert.deepEqual(checkValues(checkIn, { pain: 3, note: undefined }), []);
  });

  test("every field with a problem is named with its code, in order", () => {
    const values = { note: "a".repeat(10_001), pain: "a lot", day: "2026-02-30", mood: 5 };
    assert.deepEqual(checkValues(checkIn, values), [
      { field: "note", code: "too-long" },
      { field: "pain", code: "not-a-number" },
      { field: "day", code: "not-a-day" },
    ]);
  });

  test("a field this type does not have is a problem, inherited names too", () => {
    assert.deepEqual(checkValues(checkIn, { amount: "9", toString: "9" }), [
      { field: "amount", code: "unknown-field" },
      { field: "toString", code: "unknown-field" },
    ]);
  });

  test("what cannot be kept without an answer is empty when absent, blank or only spaces", () => {
    const problem = [{ field: "words", code: "empty" }];
    assert.deepEqual(checkSaid(readValues(win, {}), ["words"]), problem);
    assert.deepEqual(checkSaid(readValues(win, { words: " \n" }), ["words"]), problem);
    assert.deepEqual(checkSaid(readValues(win, { words: "I rang Ceri" }), ["words"]), []);
  });
});
