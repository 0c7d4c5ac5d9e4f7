/**
 * Reading the log of sealed revisions into memory, from where this tab was. One thing is done at a time.
 *
 * What was written on this phone stands parents first, so such a revision whose parents are all heads is a head itself.
 * What came from the server stands in any order: of its record all is read.
 */
import type { Saw } from "../replica/body.ts";
import type { KeyId, RecordId } from "../replica/ids.ts";
import type { Sealed } from "./appending.ts";
import type { Database, RevisionRow } from "./database.ts";
import { byRecord, type Opener, onTopOf, type Read, readHeads, readRevision } from "./reading.ts";
import type { Item, Records } from "./records.ts";
import { readFrom, verifyOurs } from "./transaction.ts";

export interface LogReaderOptions extends Omit<Opener, "onSaw" | "onNoKey"> {
  readonly database: Database;
  readonly records: Records;
  /** Whether every record of the log is in memory; if so, one that is not there is new. */
  readonly isWhole?: () => boolean;
  /** Called with each record that changed, as it was in memory and as it is. */
  readonly onTakeIn?: (before: Item | undefined, after: Item) => void;
}

export class LogReader {
  readonly #options: LogReaderOptions;
  readonly #opener: Opener;
  /** Keys that some revision waits for. */
  readonly waitsFor = new Set<KeyId>();
  /** Told what the makers of revisions from elsewhere had seen of the server. */
  onSaw: (saw: Saw, row: RevisionRow) => void = () => undefined;
  #lastSeq = 0;
  /** Records of which something was met that cannot be opened. */
  protected readonly toWriteAnew = new Set<RecordId>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.#opener = { ...options, onSaw: (saw, row) => this.onSaw(saw, row), onNoKey: (key) => this.waitsFor.add(key) };
  }

  /** The number of the last row this tab has read. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Begin behind a row, because a snapshot says all up to it. */
  startAfter(seq: number): void {
    this.#lastSeq = seq;
  }

  /** Take in what other tabs have written since. */
  readOn(): Promise<void> {
    return this.inTurn(() => this.#readOn());
  }

  /**
   * Put every record into memory from all of its revisions.
   * Throws StoreFailure `gone`; and what the browser throws when it gives nothing to read.
   */
  readAll(): Promise<void> {
    return this.inTurn(async () => {
      const { rows, lastSeq } = await this.everything();
      const types = new Set<string>();
      for (const [record, reads] of byRecord(rows)) if (record !== "") types.add(this.#put(readHeads(record, reads)));
      this.#lastSeq = Math.max(this.#lastSeq, lastSeq);
      this.#options.records.announce(types);
      await verifyOurs(this.#options.database, this.#options.keys.space);
    });
  }

  /** Every revision of one record, as far as it can be opened, in the order of the log. */
  async history(record: RecordId): Promise<Read[]> {
    const rows = await readFrom(this.#options.database, "revisions", (store) => store.index("record").getAll(record));
    return Promise.all(rows.map((row) => readRevision(this.#opener, row)));
  }

  /** Every revision of the log, as far as it can be opened, and the number of its last row. */
  async everything(): Promise<{ rows: { record: RecordId; read: Read }[]; lastSeq: number }> {
    const all = await readFrom(this.#options.database, "revisions", (store) => store.getAll());
    const rows = await this.#read(all);
    return { rows, lastSeq: all.at(-1)?.seq ?? 0 };
  }

  /** Resolves when nothing is under way, however it ended. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  protected inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Read on, and put those records into memory that are in the log and not there yet. */
  protected async readAnew(ids: readonly RecordId[]): Promise<void> {
    const { records } = this.#options;
    await this.#readOn();
    for (const id of new Set(ids)) {
      if (records.item(id) === undefined) records.announce([this.#put(readHeads(id, await this.history(id)))]);
    }
  }

  /** Put what this tab has just written into memory. It is durable: nothing from here on may call it failed. */
  protected async takeIn(sealed: readonly Sealed[], seqs: readonly number[]): Promise<void> {
    try {
      const own = sealed.map(({ row, read }) => ({ record: row.record, read }));
      await this.#takeIn(byRecord(own), (record, reads) => onTopOf(record, this.#options.records.item(record), reads));
      if (seqs[0] === this.#lastSeq + 1) this.#lastSeq = seqs.at(-1) ?? this.#lastSeq;
      else if (sealed.length > 0) await this.#readOn();
    } catch {
      // The last row read stays what it was, so the next reading on brings what is missing.
    }
  }

  async #readOn(): Promise<void> {
    const since = IDBKeyRange.lowerBound(this.#lastSeq, true);
    const rows = await readFrom(this.#options.database, "revisions", (store) => store.getAll(since));
    if (rows.length === 0) return;
    const received = new Set(rows.filter((row) => row.received).map(({ record }) => record));
    const { records, isWhole } = this.#options;
    const isAllHere = isWhole?.() ?? false;
    await this.#takeIn(byRecord(await this.#read(rows)), (record, reads) => {
      const before = records.item(record);
      // What is not in memory may yet be in a month that was not opened.
      if (before === undefined) return isAllHere ? this.#workedOut(record, reads) : undefined;
      if (!received.has(record)) return onTopOf(record, before, reads);
      // With fewer than two heads there is none that a stub could take away.
      return before.heads.length < 2 && reads.every(({ verdict }) => verdict === "stub") ? before : undefined;
    });
    this.#lastSeq = Math.max(this.#lastSeq, rows.at(-1)?.seq ?? 0);
  }

  #read(rows: readonly RevisionRow[]): Promise<{ record: RecordId; read: Read }[]> {
    return Promise.all(rows.map(async (row) => ({ record: row.record, read: await readRevision(this.#opener, row) })));
  }

  /** Put what became of records into memory, where `quickly` cannot say it from all their revisions; and tell the screens. */
  async #takeIn(
    rows: ReadonlyMap<RecordId, readonly Read[]>,
    quickly: (record: RecordId, reads: readonly Read[]) => Item | undefined,
  ): Promise<void> {
    const { records } = this.#options;
    const types = new Set<string>();
    for (const [record, reads] of rows) {
      // Of a later format: nobody can tell what it is about.
      if (record === "") continue;
      const item = quickly(record, reads) ?? this.#workedOut(record, await this.history(record));
      if (item === records.item(record)) continue;
      types.add(this.#put(item));
    }
    records.announce(types);
  }

  #workedOut(record: RecordId, history: readonly Read[]): Item {
    if (history.some(({ verdict }) => verdict === "broken" || verdict === "waiting")) this.toWriteAnew.add(record);
    return readHeads(record, history);
  }

  #put(item: Item): string {
    const { records, onTakeIn } = this.#options;
    const before = records.item(item.id);
    records.put(item);
    onTakeIn?.(before, item);
    return item.type;
  }
}
