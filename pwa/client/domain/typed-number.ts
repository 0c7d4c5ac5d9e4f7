/**
 * A number as a person types it, on any keyboard: "9", "4.5", "4,5", " 12 ", "4½", "٩". What cannot
 * be read is refused with a code; the screen keeps what was typed and says it beside the field.
 */

import { compare, type Decimal, type DecimalText, decimalText, makeDecimal, readDecimal } from "./decimal.ts";

export type TypedNumberCode =
  | "empty"
  | "number-with-words"
  | "not-a-number"
  | "unclear-comma"
  | "too-many-places"
  | "below-zero"
  | "zero"
  | "too-small"
  | "too-large"
  | "not-whole";

export type Refused = { readonly ok: false; readonly code: TypedNumberCode };
export type TypedDecimal = { readonly ok: true; readonly value: DecimalText } | Refused;
export type TypedWhole = { readonly ok: true; readonly value: number } | Refused;

/** Places behind the point that an amount may have. */
export const MOST_PLACES = 3;

/** Bounds as stored text, both included. */
export type DecimalBounds = { readonly min: string; readonly max: string };

/** What an amount may be: something, and no more than a hundred thousand. */
export const AMOUNT: DecimalBounds = { min: "0.001", max: "100000" };

/** Reads a typed amount within `bounds` (an amount of an activity unless said otherwise). */
export function readTypedDecimal(typed: string, bounds: DecimalBounds = AMOUNT): TypedDecimal {
  const read = readPlain(typed);
  if (typeof read === "string") return { ok: false, code: read };
  const code = outOfBounds(read, bounds);
  return code === undefined ? { ok: true, value: decimalText(read) } : { ok: false, code };
}

/** Reads a typed whole number from `min` to `max`, both included. */
export function readTypedWhole(typed: string, min: number, max: number): TypedWhole {
  const read = readTypedDecimal(typed, { min: "0", max: String(max) });
  if (!read.ok) return read;
  if (read.value.includes(".")) return { ok: false, code: "not-whole" };
  const value = Number(read.value);
  if (value < min) return { ok: false, code: value === 0 ? "zero" : "too-small" };
  return { ok: true, value };
}

function outOfBounds(value: Decimal, bounds: DecimalBounds): TypedNumberCode | undefined {
  const [min, max] = [readDecimal(bounds.min), readDecimal(bounds.max)];
  if (min === undefined || max === undefined) throw new RangeError("bounds are plain decimals");
  if (compare(value, max) > 0) return "too-large";
  if (compare(value, min) < 0) return value.units === 0n ? "zero" : "too-small";
  return value.places > MOST_PLACES ? "too-many-places" : undefined;
}

function readPlain(typed: string): Decimal | TypedNumberCode {
  const text = westernDigits(typed.replace(INVISIBLE, "")).trim();
  if (text === "") return "empty";
  if (/\p{L}/u.test(text)) return "number-with-words";
  if (text.length > LONGEST_TYPED) return /^\d+$/.test(text) ? "too-large" : "not-a-number";
  if (/^[-−]/.test(text)) return /\d/.test(text) ? "below-zero" : "not-a-number";
  return readMixed(text) ?? readPointed(text);
}

/** Halves and quarters as phones write them, alone or behind a whole number. */
function readMixed(text: string): Decimal | undefined {
  const [, whole, part = ""] = /^(\d{0,12}) ?([½¼¾])$/.exec(text) ?? [];
  const hundredths = HUNDREDTHS[part];
  if (whole === undefined || hundredths === undefined) return undefined;
  return makeDecimal(BigInt(whole || "0") * 100n + hundredths, 2);
}

function readPointed(text: string): Decimal | TypedNumberCode {
  // "1,000" is a thousand to one person and one to another, so it is asked again, never guessed.
  if (/^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(text)) return "unclear-comma";
  const [, whole = "", behind = ""] = /^(\d*)[.,]?(\d*)$/.exec(text) ?? [];
  if (whole === "" && behind === "") return "not-a-number";
  const [front, back] = [whole.replace(/^0+(?=\d)/, "") || "0", behind.replace(/0+$/, "")];
  if (front.length > 12) return "too-large";
  if (back.length > MOST_PLACES) return "too-many-places";
  return makeDecimal(BigInt(front + back), back.length);
}

const LONGEST_TYPED = 60;

const HUNDREDTHS: Readonly<Record<string, bigint>> = { "½": 50n, "¼": 25n, "¾": 75n };

/** Marks that right-to-left keyboards put around numbers, and zero-width characters. */
const INVISIBLE = /[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Turns Arabic, Persian and full-width digits and their decimal separators into "0–9" and ".". */
function westernDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[\u066b\uff0e]/g, ".");
}
