/**
 * Group words: six numbers from 0 to 2047, each for a word of one fixed list, out of the last entry of the roll.
 *
 *     numbers = the first 66 bits of SHA-256("cairn/1/words" ‖ id of the last entry), 11 at a time
 *
 * An entry names the one before, so whose six words are the same have the same roll from its beginning. People in one room
 * read them to each other; then nobody stands between. Whoever would have two rolls with the same words has to try 2⁶⁶ times.
 */
import type { RevisionId } from "../replica/ids.ts";
import { labelled, sha256 } from "./bytes.ts";

export const GROUP_WORDS = 6;
/** How many words the list has. */
export const LIST_LENGTH = 2048;

export async function groupWordNumbers(last: RevisionId): Promise<readonly number[]> {
  const hash = await sha256(labelled("cairn/1/words", last));
  const bits = Array.from(hash, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: GROUP_WORDS }, (_, i) => Number.parseInt(bits.slice(i * BITS, (i + 1) * BITS), 2));
}

const BITS = Math.log2(LIST_LENGTH);
