/**
 * The log of sealed revisions on this phone: appending to what `log-reader.ts` reads.
 *
 * An edit is one act: join the heads, write one revision that names exactly them. Sealing cannot wait inside a
 * database transaction, so it is done before, and the transaction checks that no other tab has written to the record
 * since. If one has, its revisions are read and the edit is made anew on top of them.
 */
import { encodeBody, type Saw } from "../replica/body.ts";
import { type Change, edit } from "../replica/edit.ts";
import { encodeHeader } from "../replica/header.ts";
import { historyOf, needsWritingAnew } from "../replica/heads.ts";
import type { RecordId, RevisionId, Writer } from "../replica/ids.ts";
import type { State } from "../replica/state.ts";
import { append, type Sealed } from "./appending.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { LogReader, type LogReaderOptions } from "./log-reader.ts";

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

type Saying = Promise<Saw | null | undefined>;

export interface LogOptions extends LogReaderOptions {
  /** What was last verified of the server. Without it, what is written says that its writer had seen nothing. */
  readonly saw?: () => Saying;
  /** Makes a writer nobody has used. */
  readonly freshWriter: () => Writer;
  /** The phone's clock, in ms. */
  readonly now: () => number;
}

/** How often an edit is made anew because another tab was faster. One of them always gets through. */
const TRIES = 40;

export class Log extends LogReader {
  readonly #options: LogOptions;
  readonly #writer: Writer;
  /** Where this tab is the writer of a record: the writer and the greatest number it has stored there. */
  readonly #wrote = new Map<RecordId, { readonly writer: Writer; readonly n: number }>();

  constructor(options: LogOptions) {
    super(options);
    this.#options = options;
    this.#writer = options.freshWriter();
  }

  /**
   * Write edits of records, all or none, and drop the drafts they came from in the same transaction.
   * Resolves once they are durable. Throws StoreFailure; then nothing was written.
   */
  write(writings: readonly Writing[], drafts: readonly string[] = []): Promise<void> {
    const wanted = oneForEachRecord(writings);
    return this.inTurn(() =>
      this.#untilAppended(drafts, async () => {
        const edits = this.#edits(wanted);
        const saw = this.#options.saw?.();
        const sealed = await Promise.all(edits.map((revision) => this.seal(revision, saw)));
        const note = (): void => {
          for (const { record, writer, n } of edits) this.#wrote.set(record, { writer, n });
        };
        return { sealed, note };
      }),
    );
  }

  /** Write sealed revisions as they are, parents first, all or none: what a file brings. */
  bring(sealed: readonly Sealed[]): Promise<void> {
    return this.inTurn(() => this.#untilAppended([], async () => ({ sealed, note: () => undefined })));
  }

  /** Seal a revision under this vault's key; with null for `saw` it says nothing of the server. Throws StoreFailure `refused`. */
  async seal({ record, type, state, parents }: Unsealed, saw: Saying | null = this.#options.saw?.() ?? null): Promise<Sealed> {
    const { keys, sealing } = this.#options;
    try {
      const header = encodeHeader({ format: 1, kind: "edit", owner: "vault", space: keys.space, record, keyId: keys.keyId, parents });
      const { id, blob } = await sealing.sealRevision({ keys, header, body: encodeBody(type, state, (await saw) ?? null) });
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
    const looked = new Set([...this.toWriteAnew, ...more]);
    for (const record of looked) {
      const type = this.#options.records.item(record)?.type;
      if (type !== undefined && needsWritingAnew(historyOf(await this.history(record)))) writings.push({ record, type, changes: [] });
    }
    if (writings.length > 0) await this.write(writings);
    for (const record of looked) this.toWriteAnew.delete(record);
    return writings.length > 0;
  }

  /** Prepare and append; when another tab was faster, read what it wrote and prepare anew. */
  async #untilAppended(
    drafts: readonly string[],
    prepare: () => Promise<{ readonly sealed: readonly Sealed[]; readonly note: () => void }>,
  ): Promise<void> {
    const { records } = this.#options;
    const upTo = (record: RecordId): number => (records.item(record) === undefined ? 0 : this.lastSeq);
    try {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const { sealed, note } = await prepare();
        const seqs = await append(this.#options, { sealed, drafts, upTo });
        if (seqs !== null) {
          note();
          return await this.takeIn(sealed, seqs);
        }
        await this.readAnew(sealed.map(({ row }) => row.record));
      }
    } catch (cause) {
      throw failureOf(cause);
    }
    throw new StoreFailure("not-kept");
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
