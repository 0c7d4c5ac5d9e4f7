/** How much one text, one revision and one header may hold. */

/** Characters of one text, counted as code points: an emoji is not two. */
export const LONGEST_TEXT = 10_000;

/** Bytes of one revision, header and sealed body together. */
export const LARGEST_REVISION = 256 * 1024;

export const MOST_PARENTS = 255;

/** The last millisecond a clock can show; what claims a later one comes from no clock. */
export const LAST_INSTANT = 8_640_000_000_000_000;

/** Bytes that sealing adds to a padded body: a nonce of 12 and a tag of 16. */
export const SEAL_BYTES = 28;

/** Characters of a field's name, element of a set included. */
export const LONGEST_FIELD = 200;

export function isTooLong(text: string): boolean {
  return text.length > 2 * LONGEST_TEXT || (text.length > LONGEST_TEXT && [...text].length > LONGEST_TEXT);
}
