/** Each code of the domain for what cannot be kept, as a sentence to stand at its field. */
import { LONGEST_LINE, LONGEST_TEXT } from "../../domain/field.ts";
import type { Problem } from "../../domain/schema.ts";
import type { TypedNumberCode } from "../../domain/typed-number.ts";
import { type Key, t } from "../../words/index.ts";

export type ComplaintCode = Problem["code"] | TypedNumberCode;

const SENTENCES: Record<ComplaintCode, Key> = {
  "not-text": "complaint.not-text",
  "too-long": "complaint.too-long",
  "more-than-one-line": "complaint.more-than-one-line",
  "not-a-choice": "complaint.not-text",
  "not-a-number": "complaint.not-a-number",
  "not-whole": "complaint.not-whole",
  "out-of-range": "complaint.out-of-range",
  "too-many-places": "complaint.too-many-places",
  "not-a-flag": "complaint.not-text",
  "not-a-day": "complaint.not-a-day",
  "not-an-instant": "complaint.not-text",
  "not-a-link": "complaint.not-text",
  "unknown-field": "complaint.not-text",
  empty: "complaint.empty",
  "number-with-words": "complaint.number-with-words",
  "unclear-comma": "complaint.unclear-comma",
  "below-zero": "complaint.below-zero",
  zero: "complaint.zero",
  "too-small": "complaint.too-small",
  "too-large": "complaint.too-large",
};

/** The sentence for a code. `isLine` says the field takes one line. */
export function sentenceFor(code: ComplaintCode, isLine = false): string {
  return t(SENTENCES[code], { most: isLine ? LONGEST_LINE : LONGEST_TEXT });
}
