/**
 * The log of sealed revisions on this phone: appending to it, and reading on from where this tab was.
 *
 * An edit is one act: join the heads, write one revision that names exactly them. Sealing cannot wait inside a
 * database transaction, so it is done before, and the transaction checks that no other tab has written to the record
 * since. If one has, its revisions are read and the edit is made anew on top of them.
 *
 * Rows stand parents first, so a revision whose parents are all heads is a head itself.
 */
import { encodeBody } from "../replica/body.ts";
import { type Change, edit } from "../replica/edit.ts";
import { encodeHeader } from "../replica/header.ts";
import type { RecordId, RevisionId, Writer } from "../replica/ids.ts";
import type { State } from "../replica/state.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import { append, type Sealed } from "./appending.ts";
import type { Database } from "./database.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { putHeadsRight } from "./heads-rows.ts";
import { byRecord, onTopOf, type Read, readHeads, readRevision } from "./reading.ts";
import { headIds, type Item, type Records } from "./records.ts";
import { readFrom } from "./transaction.ts";

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
  readonly records: Records;
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
  #lastSeq = 0;
  readonly #writer: Writer;
  /** Where this tab is the writer of a record: the writer and the greatest number it has stored there. */
  readonly #wrote = new Map<RecordId, { readonly writer: Writer; readonly n: number }>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LogOptions) {
    this.#options = options;
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
    const { keys, sealing } = this.#options;
    try {
      const header = encodeHeader({ format: 1, kind: "edit", owner: "vault", space: keys.space, record, keyId: keys.keyId, parents });
      const { id, blob } = await sealing.sealRevision({ keys, header, body: encodeBody(type, state) });
      return { row: { id, record, header, blob }, read: { id, type, state, parents, kind: "edit", verdict: "opened" } };
    } catch (cause) {
      throw new StoreFailure("refused", { cause });
    }
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
   * Put every record into memory from all of its revisions, and put right the rows that name their heads.
   * Throws StoreFailure `gone`; and what the browser throws when it gives nothing to read.
   */
  readAll(): Promise<void> {
    return this.#inTurn(async () => {
      const { rows, lastSeq } = await this.everything();
      const types = new Set<string>();
      for (const [record, reads] of byRecord(rows)) types.add(this.#put(readHeads(record, reads)));
      this.#lastSeq = Math.max(this.#lastSeq, lastSeq);
      this.#options.records.announce(types);
      await putHeadsRight(this.#options, { upTo: this.#lastSeq, items: [...this.#options.records.items()] }).catch(onlyIfGone);
    });
  }

  /** Every revision of one record, as far as it can be opened, in the order of the log. */
  async history(record: RecordId): Promise<Read[]> {
    const rows = await readFrom(this.#options.database, "revisions", (store) => store.index("record").getAll(record));
    return Promise.all(rows.map((row) => readRevision(this.#options, row)));
  }

  /** Every revision of the log, as far as it can be opened, and the number of its last row. */
  async everything(): Promise<{ rows: { record: RecordId; read: Read }[]; lastSeq: number }> {
    const all = await readFrom(this.#options.database, "revisions", (store) => store.getAll());
    const rows = await Promise.all(all.map(async (row) => ({ record: row.record, read: await readRevision(this.#options, row) })));
    return { rows, lastSeq: all.at(-1)?.seq ?? 0 };
  }

  /** Prepare and append; when another tab was faster, read what it wrote and prepare anew. */
  async #untilAppended(
    drafts: readonly string[],
    prepare: () => Promise<{ readonly sealed: readonly Sealed[]; readonly note: () => void }>,
  ): Promise<void> {
    const { records } = this.#options;
    const upTo = (record: RecordId): number => (records.item(record) === undefined ? 0 : this.#lastSeq);
    const heads = (record: RecordId): readonly RevisionId[] => headIds(records.item(record));
    try {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const { sealed, note } = await prepare();
        const seqs = await append(this.#options, { sealed, drafts, upTo, heads });
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
      await this.#takeIn(
        sealed.map(({ row, read }) => ({ record: row.record, read })),
        "own",
      );
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
    const reads = await Promise.all(rows.map(async (row) => ({ record: row.record, read: await readRevision(this.#options, row) })));
    await this.#takeIn(reads, "anyone's");
    this.#lastSeq = Math.max(this.#lastSeq, rows.at(-1)?.seq ?? 0);
  }

  /** Read on, and put those records into memory that are in the log and not there yet. */
  async #readAnew(ids: readonly RecordId[]): Promise<void> {
    const { records } = this.#options;
    await this.#readOn();
    for (const id of new Set(ids)) {
      if (records.item(id) === undefined) records.announce([this.#put(readHeads(id, await this.history(id)))]);
    }
  }

  /** Put revisions, in the order of the log, into memory, and tell the screens. */
  async #takeIn(rows: readonly { record: RecordId; read: Read }[], whose: "own" | "anyone's"): Promise<void> {
    const { records } = this.#options;
    const types = new Set<string>();
    for (const [record, reads] of byRecord(rows)) {
      const before = records.item(record);
      // What is not in memory may yet be in a month that was not opened; only one's own is known to be new.
      const next = before === undefined && whose !== "own" ? undefined : onTopOf(record, before, reads);
      types.add(this.#put(next ?? readHeads(record, await this.history(record))));
    }
    records.announce(types);
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

/** A full phone keeps nobody from reading; a vault that is here no more does. */
function onlyIfGone(cause: unknown): void {
  if (cause instanceof StoreFailure && cause.code === "gone") throw cause;
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
