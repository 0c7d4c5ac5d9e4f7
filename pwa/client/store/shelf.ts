/**
 * Opening the diary: the near piece of the snapshot and the rows since, then month by month the rest.
 *
 * Without a usable snapshot every revision is opened, once, and a snapshot is written. It is renewed when enough
 * rows have come since, at a moment when nobody waits: after opening, and when the page is hidden.
 */
import { DAYS_TO_FILL_IN } from "../domain/day.ts";
import type { KeyId } from "../replica/ids.ts";
import type { Log } from "./log.ts";
import type { Item, Records } from "./records.ts";
import { type Known, monthOfItem, openMonth, openNear, readNear, type SnapshotOptions, writeSnapshot } from "./snapshot.ts";

/** So many rows since the last snapshot are worth a new one. */
const WORTH = 48;
/** The days that can be filled in, and two, because a day begins elsewhere when it begins here. */
const NEAR_DAYS = DAYS_TO_FILL_IN + 2;
const DAY = 86_400_000;

export interface ShelfOptions extends SnapshotOptions {
  readonly records: Records;
  readonly log: Log;
  readonly now: () => number;
}

export class Shelf {
  readonly #options: ShelfOptions;
  /** Months whose pieces no longer say what the log says. */
  readonly #changedMonths = new Set<string>();
  /** The snapshot that this tab opened or wrote; null to write all of it next time. */
  #known: Known | null = null;
  #monthsToOpen: string[] = [];
  #isWhole = false;
  #isAwaited = false;
  #rest: Promise<void> | null = null;
  #tidying: Promise<void> | null = null;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Put what today needs into memory. */
  async open(near = readNear(this.#options.database)): Promise<void> {
    const { records, log } = this.#options;
    const opening = await openNear(this.#options, near);
    if (opening === null) return this.#readLog();
    this.#known = opening;
    this.#monthsToOpen = [...opening.months.keys()].sort();
    for (const item of opening.items) records.put(item);
    log.startAfter(opening.upTo);
    for (const key of opening.waitsFor) log.waitsFor.add(key);
    await log.readOn();
    records.announce(opening.items.map((item) => item.type));
  }

  /** Put all the rest into memory, a month at a time, the latest first. Resolves when all is there; may be tried again. */
  openRest(): Promise<void> {
    this.#rest ??= this.#openRest().catch((cause: unknown) => {
      this.#rest = null;
      throw cause;
    });
    return this.#rest;
  }

  /** The same, while somebody waits for it. */
  whole(): Promise<void> {
    this.#isAwaited = true;
    return this.openRest();
  }

  /** Read what waited for one of these keys, if anything did; gives whether it did. */
  async readWaiting(keys: Pick<ReadonlySet<KeyId>, "has">): Promise<boolean> {
    const { waitsFor } = this.#options.log;
    const found = [...waitsFor].filter((key) => keys.has(key));
    if (found.length === 0) return false;
    for (const key of found) waitsFor.delete(key);
    await this.#readLog();
    return true;
  }

  /** Note that a record changed, so that its month is written anew; if its day did, both months. */
  note(...items: readonly (Item | undefined)[]): void {
    for (const item of items) {
      const month = item === undefined ? null : monthOfItem(item);
      if (month !== null) this.#changedMonths.add(month);
    }
  }

  /** Write a new snapshot if enough has come since the last. Never throws: without one, opening is only slower. */
  tidy(): Promise<void> {
    this.#tidying ??= this.#tidy().finally(() => {
      this.#tidying = null;
    });
    return this.#tidying;
  }

  async #openRest(): Promise<void> {
    const { records } = this.#options;
    const types = new Set<string>();
    let [opened, toldAt] = [0, 1];
    try {
      for (let month = this.#monthsToOpen.at(-1); month !== undefined; month = this.#monthsToOpen.at(-1)) {
        if (!this.#isAwaited) await nextIdleMoment();
        const items = this.#known && (await openMonth(this.#options, this.#known, month));
        if (items === null) {
          await this.#readLog();
          break;
        }
        for (const item of this.#takeMonth(month, items)) types.add(item.type);
        this.#monthsToOpen.pop();
        // A screen lists all of a type anew each time. Told after 1, 2, 4, 8 … months, it lists everything but twice.
        if (++opened < toldAt) continue;
        toldAt *= 2;
        records.announce(types);
      }
    } finally {
      records.announce(types);
    }
    this.#isWhole = true;
  }

  /** Put a month's records into memory, where nothing newer is there; gives those. */
  #takeMonth(month: string, items: readonly Item[]): readonly Item[] {
    const { records } = this.#options;
    const hasLeft = (item: Item): boolean => monthOfItem(records.item(item.id) ?? item) !== month;
    if (items.some(hasLeft)) this.#changedMonths.add(month);
    const unseen = items.filter((item) => records.item(item.id) === undefined);
    for (const item of unseen) records.put(item);
    return unseen;
  }

  async #readLog(): Promise<void> {
    await this.#options.log.readAll();
    this.#known = null;
    this.#monthsToOpen = [];
    this.#isWhole = true;
  }

  async #tidy(): Promise<void> {
    const { records, log, now } = this.#options;
    const upTo = log.lastSeq;
    if (!this.#isWhole || upTo - (this.#known?.upTo ?? 0) < WORTH) return;
    const changed = new Set(this.#changedMonths);
    this.#changedMonths.clear();
    const over = this.#known && { known: this.#known, changed };
    const since = new Date(now() - NEAR_DAYS * DAY).toISOString().slice(0, 10);
    const needed = records.lastSessions();
    const known = await writeSnapshot(this.#options, { items: records.items(), upTo, since, needed, waitsFor: log.waitsFor, over }).catch(
      () => undefined,
    );
    if (!known) for (const month of changed) this.#changedMonths.add(month);
    // Another tab has put its own there: all of ours is written when it is worth it next.
    if (known !== undefined) this.#known = known;
  }
}

/** Let the browser do what is waiting first. */
function nextIdleMoment(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 0);
  });
}
