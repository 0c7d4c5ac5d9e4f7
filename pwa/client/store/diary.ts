/**
 * The diary on this phone: what screens read, and what they may do.
 *
 * `phase` says where opening stands. In `open`, records are signals, and every command resolves once what it wrote
 * is durable. A command that fails throws StoreFailure and has written nothing.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { ByDay } from "../domain/diary.ts";
import type { RecordType } from "../domain/schema.ts";
import { makeRecordId, type RecordId } from "../replica/ids.ts";
import { isInTrash, putBackChange, trashChange } from "../replica/trash.ts";
import type { Draft } from "./draft.ts";
import type { WaitingDraft } from "./drafts.ts";
import type { Writing } from "./log.ts";
import { OpenableDiary } from "./openable-diary.ts";
import type { Kept } from "./records.ts";
import { type Changes, type Save, type SaveOptions, writingsOf } from "./saves.ts";

export type { Changes, Save, SaveOptions };

export class Diary extends OpenableDiary {
  all<R extends RecordType>(type: R): ReadonlySignal<readonly Kept<R>[]> {
    return this.records.all(type);
  }

  /** The same by the day they belong to: a screen that shows some days reads no others. */
  byDay<R extends RecordType>(type: R): ReadonlySignal<ByDay<Kept<R>>> {
    return this.records.byDay(type);
  }

  /** For each activity when it was last done, in ms; follows changes when read inside a component or a computed. */
  get lastDone(): ReadonlyMap<string, number> {
    return this.records.lastDone;
  }

  /** One record; follows its changes when read inside a component or a computed. */
  one<R extends RecordType>(type: R, id: string): Kept<R> | undefined {
    return this.records.one(type, id);
  }

  /** What is in the trash, of these types, last deleted first. */
  trashed(types: readonly RecordType[]): ReadonlySignal<readonly { type: RecordType; kept: Kept<RecordType> }[]> {
    return computed(() => this.records.trashed(types));
  }

  /** A new record id, for what is made together. */
  newId(): RecordId {
    return makeRecordId(this.ground.random);
  }

  /** Make a record. Resolves with its id once it is durable. */
  async create<R extends RecordType>(type: R, values: Changes<R>, options: SaveOptions = {}): Promise<RecordId> {
    const id = options.id ?? this.newId();
    await this.save([{ type, id, values }], options);
    return id;
  }

  /** Change a record as the person was shown it: what they were not shown stays beside what they write. */
  change<R extends RecordType>(type: R, kept: Kept<R>, values: Changes<R>, options: SaveOptions = {}): Promise<void> {
    return this.save([{ type, kept: kept as unknown as Kept<RecordType>, values }], options);
  }

  /** Make and change several records in one act, all or none. What was made before, by its id, is changed. */
  async save(saves: readonly Save[], options: SaveOptions = {}): Promise<void> {
    const there = saves.map((save) => {
      const kept = "kept" in save ? undefined : this.records.item(save.id);
      return kept === undefined ? save : { type: save.type, kept, values: save.values };
    });
    await this.#write(writingsOf(there, options), options.draft === undefined ? [] : [options.draft.row]);
  }

  /** Put a record in the trash. */
  trash(type: RecordType, kept: Kept<RecordType>): Promise<void> {
    return this.#write([{ record: kept.id, type: type.name, changes: [trashChange(kept.state)] }], []);
  }

  /** Take a record out of the trash. One that is not in it stays as it is. */
  async putBack(type: RecordType, id: RecordId): Promise<void> {
    if (this.records.item(id) === undefined) await this.whole();
    const state = this.records.item(id)?.state;
    if (state === undefined || !isInTrash(state)) return;
    await this.#write([{ record: id, type: type.name, changes: [putBackChange(state)] }], []);
  }

  /** Take hold of a form's draft; of several left under its name, of one that `isMine`. Throws StoreFailure. */
  async draft(name: string, isMine?: (left: unknown) => boolean): Promise<Draft> {
    return this.opened.drafts.hold(name, isMine);
  }

  /** Drafts that no form of this tab holds, as they were when last looked at; null before. */
  get waitingDrafts(): ReadonlySignal<readonly WaitingDraft[] | null> {
    return this.opened.drafts.waiting;
  }

  /** Look which drafts wait, now and whenever a form closes, until what this gives is called. */
  followDrafts(): () => void {
    return this.opened.drafts.follow();
  }

  /** Write anew what others may take for superseded by something that cannot be opened, also of these records. Throws StoreFailure. */
  async writeAnew(more: readonly RecordId[]): Promise<void> {
    if (await this.opened.log.writeAnew(more)) this.announce();
  }

  async #write(writings: readonly Writing[], drafts: readonly string[]): Promise<void> {
    const { log } = this.opened;
    if (writings.length === 0 && drafts.length === 0) return;
    await log.write(writings, drafts);
    this.announce();
  }
}
