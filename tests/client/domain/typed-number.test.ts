import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readTypedDecimal, readTypedWhole } from "../../../pwa/client/domain/typed-number.ts";

describe("a number is read as people type it", () => {
  const examples: [typed: string, expected: string][] = [
    ["9", "9"],
    ["4.5", "4.5"],
    ["4,5", "4.5"],
    [" 12 ", "12"],
    ["\u00a012\u00a0", "12"],
    ["½", "0.5"],
    ["4½", "4.5"],
    ["4 ½", "4.5"],
    ["2¼", "2.25"],
    ["1¾", "1.75"],
    [".5", "0.5"],
    [",5", "0.5"],
    ["9.", "9"],
    ["09", "9"],
    ["4.500", "4.5"],
    ["1.250", "1.25"],
    ["0,125", "0.125"],
    ["0.001", "0.001"],
    ["100000", "100000"],
    ["٩", "9"],
    ["۴٫۵", "4.5"],
    ["\u200f٤٫٥\u200f", "4.5"],
    ["９．５", "9.5"],
  ];
  for (const [typed, expected] of examples) {
    test(`"${typed}" is ${expected}`, () => {
      assert.deepEqual(readTypedDecimal(typed), { ok: true, value: expected });
    });
  }
});

describe("what is no amount is refused with a code", () => {
  const examples: [typed: string, code: string][] = [
    ["", "empty"],
    ["   ", "empty"],
    ["\u200f", "empty"],
    ["nine", "number-with-words"],
    ["9 minutes", "number-with-words"],
    ["9m", "number-with-words"],
    ["naw", "number-with-words"],
    ["تسعة", "number-with-words"],
    ["1e5", "number-with-words"],
    ["NaN", "number-with-words"],
    ["Infinity", "number-with-words"],
    ["0x10", "number-with-words"],
    ["-3", "below-zero"],
    ["−3", "below-zero"],
    ["-", "not-a-number"],
    ["+3", "not-a-number"],
    [".", "not-a-number"],
    ["😀", "not-a-number"],
    ["9 😀", "not-a-number"],
    ["1 2", "not-a-number"],
    ["1.2.3", "not-a-number"],
    ["10-12", "not-a-number"],
    ["1/2", "not-a-number"],
    ["10%", "not-a-number"],
    ["⅓", "not-a-number"],
    ["1,000", "unclear-comma"],
    ["1,000.5", "unclear-comma"],
    ["12,345,678", "unclear-comma"],
    ["0", "zero"],
    ["0.0", "zero"],
    ["00", "zero"],
    ["0.0001", "too-many-places"],
    ["3.14159", "too-many-places"],
    ["100000.001", "too-large"],
    ["9".repeat(12), "too-large"],
    ["9".repeat(13), "too-large"],
    ["9".repeat(1_000_000), "too-large"],
    [`1.${"0".repeat(1_000_000)}1`, "not-a-number"],
  ];
  for (const [typed, code] of examples) {
    test(`"${typed.slice(0, 20)}" (${typed.length}) is refused: ${code}`, () => {
      assert.deepEqual(readTypedDecimal(typed), { ok: false, code });
    });
  }

  test("law: any text at all is read or refused, never thrown", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        const read = readTypedDecimal(typed);
        assert.ok(read.ok ? /^\d+(\.\d+)?$/.test(read.value) : read.code.length > 0);
      }),
    );
  });

  test("law: what was read, typed again, with a comma or spaces, is read the same", () => {
    const thousandths = fc.integer({ min: 1, max: 100_000_000 });
    fc.assert(
      fc.property(thousandths, (thousandth) => {
        const read = readTypedDecimal((thousandth / 1000).toFixed(3));
        assert.ok(read.ok);
        assert.deepEqual(readTypedDecimal(read.value), read);
        const withComma = readTypedDecimal(` ${read.value.replace(".", ",")} `);
        assert.ok(withComma.ok ? withComma.value === read.value : withComma.code === "unclear-comma");
      }),
    );
  });
});

describe("a whole number has its own bounds", () => {
  const examples: [typed: string, min: number, max: number, expected: number | string][] = [
    ["5", 1, 120, 5],
    ["120", 1, 120, 120],
    ["121", 1, 120, "too-large"],
    ["0", 1, 120, "zero"],
    ["0", 0, 23, 0],
    ["2", 3, 10, "too-small"],
    ["4.5", 1, 120, "not-whole"],
    ["5.0", 1, 120, 5],
    ["five", 1, 120, "number-with-words"],
    ["-1", 0, 23, "below-zero"],
    ["", 0, 23, "empty"],
  ];
  for (const [typed, min, max, expected] of examples) {
    test(`"${typed}" from ${min} to ${max}: ${expected}`, () => {
      const read = readTypedWhole(typed, min, max);
      assert.equal(read.ok ? read.value : read.code, expected);
    });
  }
});
