import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  compare,
  type Decimal,
  decimalText,
  makeDecimal,
  readDecimal,
  roundDownToStep,
  sum,
  timesRational,
} from "../../../pwa/client/domain/decimal.ts";

const dec = (text: string): Decimal => {
  const read = readDecimal(text);
  assert.ok(read, `${text} is a decimal`);
  return read;
};

const decimals = fc
  .tuple(fc.bigInt({ min: 0n, max: 999_999_999_999n }), fc.integer({ min: 0, max: 9 }))
  .map(([units, places]) => makeDecimal(units, places));

/** A whole multiple of nothing in particular: a ratio such as 80/100 or 1/3. */
const ratios = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }));

describe("stored decimals are plain digits", () => {
  for (const [text, written] of [
    ["0", "0"],
    ["9", "9"],
    ["4.5", "4.5"],
    ["4.50", "4.5"],
    ["9.0", "9"],
    ["007", "7"],
    ["0.001", "0.001"],
    ["100", "100"],
    ["999999999999.999999999999", "999999999999.999999999999"],
  ] as const) {
    test(`${text} is written ${written}`, () => assert.equal(decimalText(dec(text)), written));
  }
  for (const text of ["", ".", "4.", ".5", "4,5", "-3", "+3", " 9", "1e5", "NaN", "9".repeat(13)]) {
    test(`"${text}" is not stored text`, () => assert.equal(readDecimal(text), undefined));
  }

  test("law: a decimal written and read is the same decimal", () => {
    fc.assert(
      fc.property(decimals, (decimal) => {
        assert.deepEqual(readDecimal(decimalText(decimal)), decimal);
      }),
    );
  });
});

describe("sums are exact, not floats", () => {
  test("0.1 and 0.2 is 0.3", () => {
    assert.equal(decimalText(sum([dec("0.1"), dec("0.2")])), "0.3");
  });
  test("nothing added up is 0", () => assert.equal(decimalText(sum([])), "0"));

  const baselines: [trials: string[], percent: number, step: string, expected: string][] = [
    [["10", "14", "12"], 80, "1", "9"],
    [["90", "90", "90"], 70, "1", "63"],
    [["2", "28", "30"], 80, "1", "16"],
    [["10", "14", "12"], 80, "0.5", "9.5"],
    [["10", "10", "11"], 80, "0.5", "8"],
    [["1", "1", "1"], 80, "1", "0"],
    [["0.3", "0.3", "0.3"], 100, "0.1", "0.3"],
  ];
  for (const [trials, percent, step, expected] of baselines) {
    test(`${percent} % of the mean of ${trials.join(", ")} in steps of ${step} is ${expected}`, () => {
      const mean = timesRational(sum(trials.map(dec)), 1, trials.length);
      const part = timesRational(mean, percent, 100);
      assert.equal(decimalText(roundDownToStep(part, dec(step))), expected);
    });
  }

  test("a third is kept exactly until it is rounded", () => {
    const third = timesRational(dec("1"), 1, 3);
    assert.equal(compare(timesRational(third, 3, 1), dec("1")), 0);
    assert.equal(decimalText(roundDownToStep(third, dec("0.001"))), "0.333");
  });

  test("nothing is below zero and no step is nothing", () => {
    assert.throws(() => makeDecimal(-1), RangeError);
    assert.throws(() => timesRational(dec("1"), -1, 2), RangeError);
    assert.throws(() => timesRational(dec("1"), 1, 0), RangeError);
    assert.throws(() => roundDownToStep(dec("1"), dec("0")), RangeError);
  });

  test("law: comparing is by value, whichever way it is written", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        assert.equal(compare(a, b), -compare(b, a) + 0);
        assert.equal(compare(a, b) === 0, decimalText(a) === decimalText(b));
        assert.ok(compare(sum([a, b]), a) >= 0);
      }),
    );
  });

  test("law: rounding down stays within a step below, and on the step", () => {
    const steps = decimals.filter((step) => step.units > 0n);
    fc.assert(
      fc.property(decimals, ratios, steps, (value, [top, bottom], step) => {
        const exact = timesRational(value, top, bottom);
        const rounded = roundDownToStep(exact, step);
        assert.ok(compare(rounded, exact) <= 0);
        assert.ok(compare(sum([rounded, step]), exact) > 0);
        assert.equal(compare(roundDownToStep(rounded, step), rounded), 0);
      }),
    );
  });
});
