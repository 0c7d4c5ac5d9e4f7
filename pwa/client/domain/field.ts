/**
 * The kinds of field a record can have. Each says two things: `parse` reads a stored value
 * tolerantly (what it cannot use is undefined), and `problemWith` checks strictly what the app is
 * about to write.
 */

import { type Day, parseDay } from "./day.ts";
import { compare, type DecimalText, decimalText, readDecimal } from "./decimal.ts";
import { type DecimalBounds, MOST_PLACES } from "./typed-number.ts";

export type FieldKind = "text" | "choice" | "whole" | "flag" | "day" | "instant" | "decimal" | "link";

/** What can be wrong with a value about to be written. Stable: the catalogue has a text for each. */
export type FieldCode =
  | "not-text"
  | "too-long"
  | "more-than-one-line"
  | "not-a-choice"
  | "not-a-number"
  | "not-whole"
  | "out-of-range"
  | "too-many-places"
  | "not-a-flag"
  | "not-a-day"
  | "not-an-instant"
  | "not-a-link";

export type FieldValue = string | number | boolean;

export type Field<T extends FieldValue> = {
  readonly kind: FieldKind;
  /** The value as it can be used, or undefined. */
  readonly parse: (value: unknown) => T | undefined;
  /** What speaks against writing this value, or undefined. */
  readonly problemWith: (value: unknown) => FieldCode | undefined;
};

export type TextField = Field<string> & {
  readonly kind: "text";
  readonly lines: "one" | "many";
  readonly max: number;
};
export type ChoiceField<T extends string> = Field<T> & {
  readonly kind: "choice";
  readonly options: readonly T[];
};
export type WholeField = Field<number> & {
  readonly kind: "whole";
  readonly min: number;
  readonly max: number;
};
export type DecimalField = Field<DecimalText> & { readonly kind: "decimal" } & DecimalBounds;

/** The longest text a record can hold, in code points: an emoji is one character as a letter is. The replica counts so too. */
export const LONGEST_TEXT = 10_000;
export const LONGEST_LINE = 200;

/** Text of any number of lines. Reading keeps text of any length: no one's words are dropped. */
export function text({ max = LONGEST_TEXT }: { max?: number } = {}): TextField {
  return textField("many", max);
}

/** Text of one line, at most 200 characters. */
export function line(): TextField {
  return textField("one", LONGEST_LINE);
}

/** One of a few named answers. */
export function choice<const T extends string>(options: readonly T[]): ChoiceField<T> {
  const isOption = (value: unknown): value is T => options.some((option) => option === value);
  return {
    kind: "choice",
    options,
    parse: (value) => (isOption(value) ? value : undefined),
    problemWith: (value) => (isOption(value) ? undefined : "not-a-choice"),
  };
}

/** A whole number from `min` to `max`, both included. */
export function whole(min: number, max: number): WholeField {
  const problemWith = (value: unknown): FieldCode | undefined => {
    if (typeof value !== "number" || Number.isNaN(value)) return "not-a-number";
    if (value < min || value > max) return "out-of-range";
    return Number.isSafeInteger(value) ? undefined : "not-whole";
  };
  return { kind: "whole", min, max, ...strictly<number>(problemWith) };
}

/** Yes or no, said. */
export function flag(): Field<boolean> {
  const problemWith = (value: unknown) => (typeof value === "boolean" ? undefined : "not-a-flag");
  return { kind: "flag", ...strictly<boolean>(problemWith) };
}

/** A day of the calendar, "YYYY-MM-DD". */
export function day(): Field<Day> {
  return {
    kind: "day",
    parse: parseDay,
    problemWith: (value) => (parseDay(value) === undefined ? "not-a-day" : undefined),
  };
}

/** Milliseconds since 1970 in UTC, whole, within what a JavaScript date can show. */
export function instant(): Field<number> {
  const problemWith = (value: unknown) =>
    Number.isInteger(value) && Math.abs(value as number) <= FURTHEST_INSTANT ? undefined : "not-an-instant";
  return { kind: "instant", ...strictly<number>(problemWith) };
}

/** An exact decimal as text, from `min` to `max`, both included ("9", "4.5"). */
export function decimal({ min, max }: DecimalBounds): DecimalField {
  const [least, most] = [readDecimal(min), readDecimal(max)];
  if (least === undefined || most === undefined) throw new RangeError("bounds are plain decimals");
  const problemWith = (value: unknown): FieldCode | undefined => {
    const read = typeof value === "string" ? readDecimal(value) : undefined;
    if (read === undefined) return "not-a-number";
    if (compare(read, least) < 0 || compare(read, most) > 0) return "out-of-range";
    if (read.places > MOST_PLACES) return "too-many-places";
    return decimalText(read) === value ? undefined : "not-a-number";
  };
  const parse = (value: unknown): DecimalText | undefined => {
    const read = typeof value === "string" ? readDecimal(value) : undefined;
    const plain = read === undefined ? undefined : decimalText(read);
    return problemWith(plain) === undefined ? plain : undefined;
  };
  return { kind: "decimal", min, max, parse, problemWith };
}

/** The id of another record: 43 characters of base64url, 32 bytes. */
export function link(): Field<string> {
  const problemWith = (value: unknown) => (isRecordId(value) ? undefined : "not-a-link");
  return { kind: "link", ...strictly<string>(problemWith) };
}

/** Whether a value is written like the id of a record or a revision. */
export function isRecordId(value: unknown): value is string {
  // 32 bytes leave two bits over, so the last character is one of sixteen.
  return typeof value === "string" && /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(value);
}

const FURTHEST_INSTANT = 8_640_000_000_000_000;

const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/;

function textField(lines: "one" | "many", max: number): TextField {
  return {
    kind: "text",
    lines,
    max,
    parse: (value) => (typeof value === "string" ? value : undefined),
    problemWith: (value) => {
      if (typeof value !== "string") return "not-text";
      if (isLongerThan(max, value)) return "too-long";
      return lines === "one" && LINE_END.test(value) ? "more-than-one-line" : undefined;
    },
  };
}

/** A code point is one or two of the units that `length` counts. */
function isLongerThan(max: number, value: string): boolean {
  return value.length > 2 * max || (value.length > max && [...value].length > max);
}

/** For kinds where reading is as strict as writing. */
function strictly<T extends FieldValue>(problemWith: Field<T>["problemWith"]) {
  return {
    parse: (value: unknown) => (problemWith(value) === undefined ? (value as T) : undefined),
    problemWith,
  };
}
