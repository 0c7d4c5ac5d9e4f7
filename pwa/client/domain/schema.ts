/**
 * Record types: a name and its fields. No field is required by its type: a field that was never
 * said is absent, which is not the same as empty, zero or no.
 */

import type { Field, FieldCode, FieldValue } from "./field.ts";

export type Fields = { readonly [name: string]: Field<FieldValue> };

export type RecordType<Name extends string = string, F extends Fields = Fields> = {
  readonly name: Name;
  readonly fields: F;
};

/** The values of a record of this type; a field never said is absent. */
export type Values<R extends RecordType> = {
  readonly [Name in keyof R["fields"]]?: R["fields"][Name] extends Field<infer T> ? T : never;
};

/** A record as the rules of the domain see it. */
export type Recorded<V> = { readonly id: string; readonly values: V };

/** A value that must not be written, and why; the code is shown in words beside its field. */
export type Problem = {
  readonly field: string;
  readonly code: FieldCode | "unknown-field" | "empty";
};

/** Declares a record type. */
export function recordType<const Name extends string, F extends Fields>(name: Name, fields: F): RecordType<Name, F> {
  return { name, fields };
}

/** Reads stored values: bad values and fields this app does not know are absent, never an error. */
export function readValues<R extends RecordType>(
  type: R,
  raw: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>,
): Values<R> {
  const values: Record<string, FieldValue> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const value = field.parse(rawValue(raw, name));
    if (value !== undefined) values[name] = value;
  }
  return values as Values<R>;
}

/**
 * Checks values about to be written; an absent or undefined one is not written, so it is no problem.
 * Out comes one problem a field, in the order of the values; none when all may be written.
 */
export function checkValues(type: RecordType, values: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    const code = field === undefined ? "unknown-field" : field.problemWith(value);
    return code === undefined ? [] : [{ field: name, code }];
  });
}

/** For what cannot be kept without an answer: a problem `empty` for each field absent or blank. */
export function checkSaid<V extends object>(values: V, needed: readonly (keyof V & string)[]): Problem[] {
  return needed.filter((name) => isBlank(values[name])).map((field) => ({ field, code: "empty" as const }));
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

function rawValue(raw: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>, name: string): unknown {
  if (raw instanceof Map) return raw.get(name);
  return Object.hasOwn(raw, name) ? (raw as Readonly<Record<string, unknown>>)[name] : undefined;
}
