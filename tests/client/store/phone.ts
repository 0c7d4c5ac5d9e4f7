/**
 * A phone as the store sees it: one database, any number of tabs on it, and a clock that stands still until it is
 * told. fake-indexeddb is the database; tabs hear each other and take locks as Node's own do.
 */
import "fake-indexeddb/auto";
import type { TestContext } from "node:test";
import { forceCloseDatabase } from "fake-indexeddb";
import { type Day, parseDay } from "../../../pwa/client/domain/day.ts";
import { headsOf, stateOf } from "../../../pwa/client/replica/heads.ts";
import type { RecordId } from "../../../pwa/client/replica/ids.ts";
import { canonical } from "../../../pwa/client/replica/state.ts";
import { Diary } from "../../../pwa/client/store/diary.ts";
import { byRecord, type Read } from "../../../pwa/client/store/reading.ts";
import type { Vault } from "../../../pwa/client/store/vault-door.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { type Sealing, sealing as shipped } from "../../../pwa/client/vault/sealing.ts";

export const DAY = 86_400_000;
export const STORES = ["vault", "revisions", "local", "probe", "sync", "seen", "roll"] as const;

/** Every row of every store: key and value. */
export type Rows = Record<(typeof STORES)[number], [IDBValidKey, unknown][]>;

/** What stands in a database where nothing was begun. */
export const NOTHING: Rows = { vault: [], revisions: [], local: [], probe: [], sync: [], seen: [], roll: [] };

export interface PhoneOptions {
  readonly sealing?: Sealing;
  /** The vault that the diary is begun in, if it is elsewhere already. */
  readonly vault?: Vault;
}

const NodeChannel = globalThis.BroadcastChannel;
const channels: Channel[] = [];

/** As Node's, but it may be deaf, as in a tab that the browser has frozen. */
class Channel extends NodeChannel {
  isDeaf = false;

  constructor(name: string) {
    super(name);
    channels.push(this);
    // The first to listen: what it stops, nobody hears.
    this.addEventListener("message", (event: Event) => {
      if (this.isDeaf) event.stopImmediatePropagation();
    });
  }
}

globalThis.BroadcastChannel = Channel;

const connections: IDBDatabase[] = [];
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...asked) {
  const request = open.apply(this, asked);
  request.addEventListener("success", () => connections.push(request.result));
  return request;
};

export class Phone {
  readonly name = `phone-${crypto.randomUUID()}`;
  /** 14 May 2026, nine in the morning, in ms. */
  clock = Date.UTC(2026, 4, 14, 9);
  /** Tabs that were told that there is nothing to show any more. */
  readonly left = new Set<Diary>();
  readonly #sealing: Sealing;
  readonly #channels = new Map<Diary, Channel>();

  /** `context` ends what the phone has open when the test is over. */
  constructor(context: TestContext | { after(done: () => void): void }, { sealing = shipped }: PhoneOptions = {}) {
    this.#sealing = sealing;
    // Waiting for a lock keeps no process of Node's alive.
    const awake = setInterval(() => undefined, 1_000);
    context.after(() => {
      clearInterval(awake);
      for (const diary of this.#channels.keys()) this.close(diary);
      this.#dropConnections();
    });
  }

  /** A tab that has just been loaded. */
  tab({ sealing = this.#sealing }: PhoneOptions = {}): Diary {
    const diary: Diary = new Diary({
      name: this.name,
      sealing,
      now: () => this.clock,
      random: randomBytes,
      onLeft: () => void this.left.add(diary),
    });
    const channel = channels.at(-1);
    if (channel !== undefined) this.#channels.set(diary, channel);
    return diary;
  }

  /** A tab with the diary open, or with what else `open` came to. */
  async open(options: PhoneOptions = {}): Promise<Diary> {
    const diary = this.tab(options);
    await diary.open();
    return diary;
  }

  /** A tab in which a diary was just begun. */
  async begin(options: PhoneOptions = {}): Promise<Diary> {
    const diary = await this.open(options);
    await diary.begin(options.vault);
    return diary;
  }

  /** Close a tab: it hears nothing any more. */
  close(diary: Diary): void {
    this.#channels.get(diary)?.close();
    this.#channels.delete(diary);
  }

  /** Whether a tab hears the others. */
  setDeaf(diary: Diary, isDeaf: boolean): void {
    const channel = this.#channels.get(diary);
    if (channel !== undefined) channel.isDeaf = isDeaf;
  }

  /** What stands in the database, past all of the app's own code. */
  async rows(): Promise<Rows> {
    const rows: Rows = { ...NOTHING };
    if ((await indexedDB.databases()).every(({ name }) => name !== this.name)) return rows;
    await this.raw(async (database) => {
      const transaction = database.transaction([...STORES]);
      for (const store of STORES) {
        const [keys, values] = [transaction.objectStore(store).getAllKeys(), transaction.objectStore(store).getAll()];
        await new Promise((resolve, reject) => {
          values.onsuccess = resolve;
          values.onerror = reject;
        });
        rows[store] = keys.result.map((key, i) => [key, values.result[i]]);
      }
    });
    return rows;
  }

  /** Put a row into the database past the app's code; undefined takes it away. */
  async tamper(store: (typeof STORES)[number], key: IDBValidKey, value: unknown): Promise<void> {
    await this.raw(async (database) => {
      const transaction = database.transaction([store], "readwrite");
      const place = transaction.objectStore(store);
      if (value === undefined) place.delete(key);
      else if (place.keyPath === null) place.put(value, key);
      else place.put(value);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = reject;
      });
    });
  }

  /** Work on a connection of one's own. */
  async raw<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(this.name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }

  /** Clear the site's data: the browser closes what is open, and deletes. */
  async clearSiteData(): Promise<void> {
    this.#dropConnections();
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(this.name);
      request.onsuccess = resolve;
      request.onerror = reject;
      request.onblocked = reject;
    });
  }

  #dropConnections(): void {
    for (const connection of connections.filter(({ name }) => name === this.name)) forceCloseDatabase(connection as never);
  }

  /** Take the snapshot away, so that the next to open reads the log. */
  async forgetSnapshot(): Promise<void> {
    for (const [key] of (await this.rows()).local) if (String(key).startsWith("snapshot/")) await this.tamper("local", key, undefined);
  }
}

/** Do it with phones of its own, which end with it, however it ends. */
export async function apart<T>(work: (context: { after(done: () => void): void }) => Promise<T>): Promise<T> {
  const ends: (() => void)[] = [];
  try {
    return await work({ after: (end) => ends.push(end) });
  } finally {
    for (const end of ends.reverse()) end();
  }
}

/** A day of the calendar, "YYYY-MM-DD". */
export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`${text} is no day`);
  return day;
}

/** The day that many days before 14 May 2026. */
export function daysAgo(days: number): Day {
  return dayOf(new Date(Date.UTC(2026, 4, 14) - days * DAY).toISOString().slice(0, 10));
}

/** What is said of each record: its type, its heads and its state, in one spelling. */
export type Said = Readonly<Record<string, string>>;

/** What a diary has in memory. */
export function remembered(diary: Diary): Said {
  return spelled(
    [...diary.inside.records.items()].map(({ id, type, heads, state }) => ({
      id,
      type,
      heads: heads.map((head) => head.id),
      state: canonical(state),
    })),
  );
}

/** What the log says, worked out from every revision. */
export async function logged(diary: Diary): Promise<Said> {
  const { rows } = await diary.inside.log.everything();
  return spelled(
    [...byRecord(rows)].map(([id, reads]) => {
      const heads = headsOf(reads);
      return { id, type: typeOf(reads), heads: heads.map((head) => head.id), state: canonical(stateOf({ heads })) };
    }),
  );
}

function typeOf(reads: readonly Read[]): string {
  return reads.find(({ type }) => type !== "")?.type ?? "";
}

/** The heads of each record, as the log gives them. */
export async function headsInLog(diary: Diary): Promise<Readonly<Record<string, readonly string[]>>> {
  const { rows } = await diary.inside.log.everything();
  return Object.fromEntries(
    [...byRecord(rows)].map(([id, reads]) => [
      id,
      headsOf(reads)
        .map((head) => head.id)
        .sort(),
    ]),
  );
}

/** Every text in every revision, those of the trash and of the past too. */
export async function everyText(diary: Diary): Promise<ReadonlySet<string>> {
  const { rows } = await diary.inside.log.everything();
  return new Set(
    rows.flatMap(({ read }) => read.state?.entries.map(({ value }) => value) ?? []).filter((value) => typeof value === "string"),
  );
}

/** Let tabs read what was written, as they do when they hear of it. */
export async function catchUp(...tabs: readonly Diary[]): Promise<void> {
  for (const tab of tabs) await tab.inside.log.readOn();
}

/** Wait until something is so; fails after half a minute, which no machine at work needs. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function spelled(items: readonly { id: RecordId; type: string; heads: readonly string[]; state: string }[]): Said {
  return Object.fromEntries(
    items
      .map(({ id, type, heads, state }) => [id, JSON.stringify([type, [...heads].sort(), state])] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
