/**
 * Exact decimals. Amounts and baselines are sums people can check by hand, so nothing here is a
 * float: a decimal is a whole number of units and how many places they stand behind the point.
 *
 *     9.6  is  { units: 96n, places: 1 }
 *
 * None is below zero: no amount of anything in the diary is.
 */

declare const brand: unique symbol;

/** A decimal as it is stored: plain digits, a point if needed, nothing to spare ("9", "4.5"). */
export type DecimalText = string & { readonly [brand]: "DecimalText" };

/** A decimal to calculate with; `units` ends in no zero that stands behind the point. */
export type Decimal = { readonly units: bigint; readonly places: number };

/** The exact result of a division, such as a mean of three; `bottom` is above zero. */
export type Fraction = { readonly top: bigint; readonly bottom: bigint };

export type Exact = Decimal | Fraction;

/** The most digits that are read before and behind the point: far more than anyone needs. */
const MOST_DIGITS = 12;

const PLAIN = new RegExp(`^(\\d{1,${MOST_DIGITS}})(?:\\.(\\d{1,${MOST_DIGITS}}))?$`);

/** Reads plain text such as "9" or "4.50"; anything else (signs, spaces, commas) is undefined. */
export function readDecimal(text: string): Decimal | undefined {
  const [, whole, behind = ""] = PLAIN.exec(text) ?? [];
  return whole === undefined ? undefined : makeDecimal(BigInt(whole + behind), behind.length);
}

/** Makes a decimal of whole units and places: (450, 2) is 4.5. Throws RangeError below zero. */
export function makeDecimal(units: bigint | number, places = 0): Decimal {
  let left = BigInt(units);
  let behind = places;
  if (left < 0n || behind < 0) throw new RangeError("a decimal is not below zero");
  while (behind > 0 && left % 10n === 0n) {
    left /= 10n;
    behind -= 1;
  }
  return { units: left, places: behind };
}

/** Writes a decimal as it is stored. `readDecimal` gives the same decimal back. */
export function decimalText(decimal: Decimal): DecimalText {
  const digits = decimal.units.toString().padStart(decimal.places + 1, "0");
  const point = digits.length - decimal.places;
  const text = decimal.places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return text as DecimalText;
}

/** The sum of any number of decimals; of none it is 0. */
export function sum(decimals: readonly Decimal[]): Decimal {
  const places = Math.max(0, ...decimals.map((each) => each.places));
  const units = decimals.map((each) => each.units * tenTo(places - each.places));
  return makeDecimal(
    units.reduce((all, each) => all + each, 0n),
    places,
  );
}

/** Multiplies by the whole numbers `top / bottom`, without rounding. Throws RangeError for n/0. */
export function timesRational(value: Exact, top: number | bigint, bottom: number | bigint): Fraction {
  if (BigInt(top) < 0n || BigInt(bottom) <= 0n) throw new RangeError("not a ratio of amounts");
  const fraction = asFraction(value);
  return { top: fraction.top * BigInt(top), bottom: fraction.bottom * BigInt(bottom) };
}

/** Below zero when `a` is less than `b`, zero when equal, above zero when more. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const [left, right] = [asFraction(a), asFraction(b)];
  const difference = left.top * right.bottom - right.top * left.bottom;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The greatest multiple of `step` that is not above `value`: 9.6 in steps of 0.5 is 9.5. */
export function roundDownToStep(value: Exact, step: Decimal): Decimal {
  if (step.units === 0n) throw new RangeError("a step of nothing");
  const [exact, each] = [asFraction(value), asFraction(step)];
  const steps = (exact.top * each.bottom) / (exact.bottom * each.top);
  return makeDecimal(step.units * steps, step.places);
}

function asFraction(value: Exact): Fraction {
  return "bottom" in value ? value : { top: value.units, bottom: tenTo(value.places) };
}

function tenTo(places: number): bigint {
  return 10n ** BigInt(places);
}
