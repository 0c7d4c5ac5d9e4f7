/**
 * The log of sealed revisions on this phone: appending to it, and reading on from where this tab was.
 *
 * An edit is one act: join the heads, write one revision that names exactly them. Sealing cannot wait inside a
 * database transaction, so it is done before, and the transaction checks that no other tab has written to the record
 * since. If one has, its revisions are read and the edit is made anew on top of them.
 *
 * What was written on this phone stands parents first, so such a revision whose parents are all heads is a head itself.
 * What came from the server stands in any order: of its record all is read.
 */
import { encodeBody, type Saw } from "../replica/body.ts";
import { type Change, edit } from "../replica/edit.ts";
import { encodeHeader } from "../replica/header.ts";
import { historyOf, needsWritingAnew } from "../replica/heads.ts";
import type { KeyId, RecordId, RevisionId, Writer } from "../replica/ids.ts";
import type { State } from "../replica/state.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import { append, type Sealed } from "./appending.ts";
import type { Database, RevisionRow } from "./database.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { byRecord, type Opener, onTopOf, type Read, readHeads, readRevision } from "./reading.ts";
import type { Item, Records } from "./records.ts";
import { readFrom, verifyOurs } from "./transaction.ts";

/** What changes in one record. */
export interface Writing {
  readonly record: RecordId;
  readonly type: string;
  readonly changes: readonly Change[];
}

/** A revision whose state is known already: one just edited, or one that a file brings. */
export interface Unsealed {
  readonly record: RecordId;
  readonly type: string;
  readonly state: State;
  readonly parents: readonly RevisionId[];
}

export interface LogOptions {
  readonly database: Database;
  readonly keys: VaultKeys;
  readonly sealing: Sealing;
  /** The vault's other keys, as they are learnt. */
  readonly otherKeys?: ReadonlyMap<KeyId, VaultKeys>;
  /** What was last verified of the server. */
  readonly saw?: () => Saw | null;
  readonly records: Records;
  /** Whether every record of the log is in memory; if so, one that is not there is new. */
  readonly isWhole?: () => boolean;
  /** Called with each record that changed, as it was in memory and as it is. */
  readonly onTakeIn?: (before: Item | undefined, after: Item) => void;
  /** Makes a writer nobody has used. */
  readonly freshWriter: () => Writer;
  /** The phone's clock, in ms. */
  readonly now: () => number;
}

/** How often an edit is made anew because another tab was faster. One of them always gets through. */
const TRIES = 40;

export class Log {
  readonly #options: LogOptions;
  readonly #opener: Opener;
  /** Keys that some revision waits for. */
  readonly waitsFor = new Set<KeyId>();
  /** Told what the makers of revisions from elsewhere had seen of the server. */
  onSaw: (saw: Saw) => void = () => undefined;
  #lastSeq = 0;
  readonly #writer: Writer;
  /** Where this tab is the writer of a record: the writer and the greatest number it has stored there. */
  readonly #wrote = new Map<RecordId, { readonly writer: Writer; readonly n: number }>();
  readonly #toWriteAnew = new Set<RecordId>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LogOptions) {
    this.#options = options;
    this.#opener = { ...options, onSaw: (saw) => this.onSaw(saw), onNoKey: (key) => this.waitsFor.add(key) };
    this.#writer = options.freshWriter();
  }

  /** The number of the last row this tab has read. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Begin behind a row, because a snapshot says all up to it. */
  startAfter(seq: number): void {
    this.#lastSeq = seq;
  }

  /**
   * Write edits of records, all or none, and drop the drafts they came from in the same transaction.
   * Resolves once they are durable. Throws StoreFailure; then nothing was written.
   */
  write(writings: readonly Writing[], drafts: readonly string[] = []): Promise<void> {
    const wanted = oneForEachRecord(writings);
    return this.#inTurn(() =>
      this.#untilAppended(drafts, async () => {
        const edits = this.#edits(wanted);
        const sealed = await Promise.all(edits.map((revision) => this.seal(revision)));
        const note = (): void => {
          for (const { record, writer, n } of edits) this.#wrote.set(record, { writer, n });
        };
        return { sealed, note };
      }),
    );
  }

  /** Write sealed revisions as they are, parents first, all or none: what a file brings. */
  bring(sealed: readonly Sealed[]): Promise<void> {
    return this.#inTurn(() => this.#untilAppended([], async () => ({ sealed, note: () => undefined })));
  }

  /** Seal a revision under this vault's key. Throws StoreFailure `refused`. */
  async seal({ record, type, state, parents }: Unsealed): Promise<Sealed> {
    const { keys, sealing, saw } = this.#options;
    try {
      const header = encodeHeader({ format: 1, kind: "edit", owner: "vault", space: keys.space, record, keyId: keys.keyId, parents });
      const { id, blob } = await sealing.sealRevision({ keys, header, body: encodeBody(type, state, saw?.() ?? null) });
      return { row: { id, record, header, blob }, read: { id, type, state, parents, kind: "edit", verdict: "opened" } };
    } catch (cause) {
      throw new StoreFailure("refused", { cause });
    }
  }

  /**
   * Write those records anew, without a change, of which something came that cannot be opened and names a head: others
   * take that head for superseded, and let its content go. Looks at what this tab met, and at these records too. Gives
   * whether there were any. Throws StoreFailure.
   */
  async writeAnew(more: readonly RecordId[]): Promise<boolean> {
    const writings: Writing[] = [];
    const looked = new Set([...this.#toWriteAnew, ...more]);
    for (const record of looked) {
      const type = this.#options.records.item(record)?.type;
      if (type !== undefined && needsWritingAnew(historyOf(await this.history(record)))) writings.push({ record, type, changes: [] });
    }
    if (writings.length > 0) await this.write(writings);
    for (const record of looked) this.#toWriteAnew.delete(record);
    return writings.length > 0;
  }

  /** Resolves when no write is under way, however it ended. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  /** Take in what other tabs have written since. */
  readOn(): Promise<void> {
    return this.#inTurn(() => this.#readOn());
  }

  /**
   * Put every record into memory from all of its revisions.
   * Throws StoreFailure `gone`; and what the browser throws when it gives nothing to read.
   */
  readAll(): Promise<void> {
    return this.#inTurn(async () => {
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

  /** Prepare and append; when another tab was faster, read what it wrote and prepare anew. */
  async #untilAppended(
    drafts: readonly string[],
    prepare: () => Promise<{ readonly sealed: readonly Sealed[]; readonly note: () => void }>,
  ): Promise<void> {
    const { records } = this.#options;
    const upTo = (record: RecordId): number => (records.item(record) === undefined ? 0 : this.#lastSeq);
    try {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const { sealed, note } = await prepare();
        const seqs = await append(this.#options, { sealed, drafts, upTo });
        if (seqs !== null) {
          note();
          return await this.#takeInOwn(sealed, seqs);
        }
        await this.#readAnew(sealed.map(({ row }) => row.record));
      }
    } catch (cause) {
      throw failureOf(cause);
    }
    throw new StoreFailure("not-kept");
  }

  /** Put what this tab has just written into memory. It is durable: nothing from here on may call it failed. */
  async #takeInOwn(sealed: readonly Sealed[], seqs: readonly number[]): Promise<void> {
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

  /** Read on, and put those records into memory that are in the log and not there yet. */
  async #readAnew(ids: readonly RecordId[]): Promise<void> {
    const { records } = this.#options;
    await this.#readOn();
    for (const id of new Set(ids)) {
      if (records.item(id) === undefined) records.announce([this.#put(readHeads(id, await this.history(id)))]);
    }
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
    if (history.some(({ verdict }) => verdict === "broken" || verdict === "waiting")) this.#toWriteAnew.add(record);
    return readHeads(record, history);
  }

  #put(item: Item): string {
    const { records, onTakeIn } = this.#options;
    const before = records.item(item.id);
    records.put(item);
    onTakeIn?.(before, item);
    return item.type;
  }

  #edits(writings: readonly Writing[]): (Unsealed & { writer: Writer; n: number })[] {
    const { records, freshWriter, now } = this.#options;
    return writings.map(({ record, type, changes }) => {
      const { writer, n: lastN } = this.#wrote.get(record) ?? { writer: this.#writer, n: 0 };
      try {
        const made = edit({ heads: records.item(record)?.heads ?? [], writer, lastN, now: now(), changes, freshWriter });
        return { record, type, ...made };
      } catch (cause) {
        throw new StoreFailure("refused", { cause });
      }
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** Changes of one record belong in one revision: two over the same heads would share their numbers. */
function oneForEachRecord(writings: readonly Writing[]): readonly Writing[] {
  const one = new Map<RecordId, Writing>();
  for (const writing of writings) {
    const { record, type, changes } = one.get(writing.record) ?? { ...writing, changes: [] };
    one.set(record, { record, type, changes: [...changes, ...writing.changes] });
  }
  return [...one.values()];
}
