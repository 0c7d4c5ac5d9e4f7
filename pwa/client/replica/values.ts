/**
 * What a field can hold. Numbers are whole and within ±(2⁵³−1), the range in which every runtime
 * agrees; a fraction is kept as text.
 */

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Lists and maps within one another; deeper ones are no Value, so that no walk overflows. */
const DEEPEST = 32;

/** Whether anything at all, from a form or from JSON, is a Value. */
export function isValue(candidate: unknown, depth = 0): candidate is Value {
  switch (typeof candidate) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isSafeInteger(candidate);
    case "object":
      return candidate === null || (depth < DEEPEST && holdsValues(candidate, depth + 1));
    default:
      return false;
  }
}

function holdsValues(candidate: object, depth: number): boolean {
  if (!Array.isArray(candidate)) {
    const prototype: unknown = Object.getPrototypeOf(candidate);
    if (prototype !== Object.prototype && prototype !== null) return false;
  }
  const inside: unknown[] = Array.isArray(candidate) ? candidate : Object.values(candidate);
  // Not every(): it would step over the holes of a sparse list.
  for (const value of inside) if (!isValue(value, depth)) return false;
  return true;
}

/** One spelling for equal values: JSON with the keys of maps in order. */
export function canonicalValue(value: Value): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalValue).join()}]`;
  const pairs = Object.entries(value).map(([key, inside]) => `${JSON.stringify(key)}:${canonicalValue(inside)}`);
  return `{${pairs.sort().join()}}`;
}

export function sameValue(one: Value, other: Value): boolean {
  return one === other || canonicalValue(one) === canonicalValue(other);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
