/**
 * Locking this tab after a time without use. The page is loaded anew: what it had in memory goes with it, keys and words
 * alike, and what stands on the phone asks before it opens.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { StoreFailure } from "../../store/failures.ts";
import { findDoor, readVault } from "../../store/vault-door.ts";
import { t } from "../../words/index.ts";
import type { App } from "../frame/app.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";
import { isOver, type Reading, untilLook } from "./idle.ts";
import { isBeingSeen } from "./in-use.ts";

const minutes = signal<number | null>(null);

/** After how many minutes without use it locks; null where it does not by itself. */
export const lockMinutes: ReadonlySignal<number | null> = minutes;

/** After a lock that was held up, it is tried again, in ms. */
const AGAIN = 30_000;
/** The shortest time, in minutes: what holds until the one that was chosen can be read. */
const SHORTEST = 1;
let isFollowed = false;
let isRead = false;
/** When the diary opened, until the lock's time is read: what goes by meanwhile counts. */
let opened: Reading | null = null;

/** Lock when it is time, from the moment the diary is open. Once, however often it is called. */
export function followLock(app: App): void {
  if (isFollowed) return;
  isFollowed = true;
  const { diary } = app;
  effect(() => {
    if (diary.phase.value !== "open") return;
    opened = read(app);
    void lookAtLock(app);
  });
  diary.follow((whose) => {
    if (whose === "another tab's") void lookAtLock(app);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    void diary.look();
    if (diary.phase.peek() === "open") void lookAtLock(app);
  });
  effect(() => (minutes.value === null ? undefined : watch(app, minutes.value, opened ?? read(app))));
}

/** See how the lock is set. Where it was turned on in another tab, this one locks. */
export async function lookAtLock(app: App): Promise<void> {
  const { database } = app.diary.ground;
  try {
    const [after, door] = await Promise.all([readVault(database, "lock"), findDoor(readVault(database, "slot"))]);
    minutes.value = typeof after === "number" ? after : null;
    isRead = true;
    opened = null;
    if (door === "asks" && app.diary.inside.held === null) await lockNow(app);
  } catch {
    // What was read stays as it was seen last; what never was is taken for the shortest time, and read again.
    if (isRead) return;
    if (app.diary.phase.peek() === "open" && app.diary.inside.held !== null) minutes.value = SHORTEST;
    setTimeout(() => void lookAtLock(app), AGAIN);
  }
}

/** Lock at once: nothing is seen from here on. Where something typed cannot be kept, it says why and stays open; gives false. */
export async function lockNow({ keepDrafts, toast }: App): Promise<boolean> {
  document.body.hidden = true;
  try {
    await keepDrafts();
    location.reload();
    return true;
  } catch (cause) {
    document.body.hidden = false;
    toast.say(t("lock.held-up", { why: t(TROUBLE_WORDS[cause instanceof StoreFailure ? cause.code : "not-kept"]) }));
    return false;
  }
}

/** Watch over the time without use, last used then, by one timeout, until what this gives is called. */
function watch(app: App, after: number, lastUse: Reading): () => void {
  const over = new AbortController();
  let used = lastUse;
  let waking: ReturnType<typeof setTimeout> | undefined;
  let isLocking = false;
  let isHeldUp = false;

  const lookIn = (milliseconds: number): void => {
    clearTimeout(waking);
    if (!over.signal.aborted) waking = setTimeout(() => look(isBeingSeen()), milliseconds);
  };
  const lock = async (): Promise<void> => {
    isLocking = true;
    isLocking = await lockNow(app);
    if (isLocking) return;
    isHeldUp = true;
    lookIn(AGAIN);
  };
  /** Gives whether it is locked now: whether it is time is asked before anything counts as use. */
  const look = (isUse: boolean): boolean => {
    if (isLocking) return true;
    const now = read(app);
    // Whoever is told why it does not lock can do something about it.
    if (isOver(used, now, after) && !(isHeldUp && isUse)) {
      clearTimeout(waking);
      void lock();
      return true;
    }
    if (isUse) [used, isHeldUp] = [now, false];
    lookIn(untilLook(used, now, after, document.visibilityState === "visible"));
    return false;
  };
  const heed = (event: Event): void => {
    if (!look(true)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };

  const first = { capture: true, signal: over.signal };
  for (const event of ["pointerdown", "keydown", "focus", "pageshow"]) addEventListener(event, heed, first);
  addEventListener("wheel", () => void look(true), { passive: true, ...first });
  for (const event of ["visibilitychange", "resume"]) document.addEventListener(event, heed, first);
  look(true);
  return () => {
    over.abort();
    clearTimeout(waking);
  };
}

function read(app: App): Reading {
  return { at: app.clock.now(), count: performance.now() };
}
