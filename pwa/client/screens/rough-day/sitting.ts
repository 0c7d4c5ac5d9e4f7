/** Which record the rough day's screen goes on with. */
import type { RoughDay } from "../../domain/record-types.ts";
import type { Recorded } from "../../domain/schema.ts";

/**
 * Within ten minutes of the first tap, another one mends it: a slip of the finger, a reload, a look at Help. After
 * that, how it is has become another thing to say, and what was said before stays.
 */
const SITTING = 10 * 60_000;

/** Whether something written then is still being said at `now`; both in ms. A clock set back counts as well. */
export function isOfThisSitting({ written }: RoughDay, now: number): boolean {
  return written !== undefined && Math.abs(now - written) < SITTING;
}

/** The record to go on with, if there is one; of several the one written last. */
export function recordOfThisSitting<R extends Recorded<RoughDay>>(records: readonly R[], now: number): R | undefined {
  return records.filter(({ values }) => isOfThisSitting(values, now)).sort((a, b) => (b.values.written ?? 0) - (a.values.written ?? 0))[0];
}
