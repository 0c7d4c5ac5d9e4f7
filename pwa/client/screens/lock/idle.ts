/** How long nobody has used the app, and whether that is long enough to lock it. */

/** A moment by both clocks: the phone's, which may be set, and the page's, which may stand still while the phone sleeps. */
export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds since the page began. */
  readonly count: number;
}

const MINUTE = 60_000;
/** A clock may be put right by as much. */
const PUT_RIGHT = MINUTE;
/** How often a page that somebody sees looks at the clock: it may wake from a sleep in which nothing counted. */
const LOOKS_EACH = 30_000;

/** Whether it is time to lock. Whoever sets the clock back gains nothing by it. */
export function isOver(used: Reading, now: Reading, minutes: number): boolean {
  const wasSetBack = now.at - used.at < now.count - used.count - PUT_RIGHT;
  return wasSetBack || idleFor(used, now) >= minutes * MINUTE;
}

/** How long to wait before looking again, in ms. */
export function untilLook(used: Reading, now: Reading, minutes: number, isVisible: boolean): number {
  const left = minutes * MINUTE - idleFor(used, now);
  return Math.max(0, isVisible ? Math.min(left, LOOKS_EACH) : left);
}

function idleFor(used: Reading, now: Reading): number {
  return Math.max(now.at - used.at, now.count - used.count);
}
