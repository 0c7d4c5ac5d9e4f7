/**
 * The diary on this phone: what screens read, and what they may do.
 *
 * `phase` says where opening stands. In `open`, records are signals, and every command resolves once what it wrote
 * is durable. A command that fails throws StoreFailure and has written nothing.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ByDay } from "../domain/diary.ts";
import type { RecordType } from "../domain/schema.ts";
import type { Saw } from "../replica/body.ts";
import { type KeyId, makeRecordId, makeWriter, type RecordId } from "../replica/ids.ts";
import { isInTrash, putBackChange, trashChange } from "../replica/trash.ts";
import type { VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import { type Database, databaseNamed } from "./database.ts";
import type { Draft } from "./draft.ts";
import { Drafts, type WaitingDraft } from "./drafts.ts";
import { failureOf, StoreFailure, type StoreFailureCode } from "./failures.ts";
import { Log, type Writing } from "./log.ts";
import { type Kept, Records } from "./records.ts";
import { type Changes, type Save, type SaveOptions, writingsOf } from "./saves.ts";
import { Shelf } from "./shelf.ts";
import { readNear } from "./snapshot.ts";
import { readSyncState } from "./sync-state.ts";
import { findDoor, makeDoorForDevice, openWithDeviceKey, readVault, type Vault } from "./vault-door.ts";
import type { WordsDoor } from "./words-door.ts";

export type Phase =
  /** Reading what is on the phone. */
  | "opening"
  /** Nothing is here yet. */
  | "new"
  /** Waiting for the person's words. */
  | "locked"
  | "open"
  /** This browser gives no storage, or what is here cannot be opened; `trouble` says why. */
  | "unusable";

export interface DiaryOptions {
  /** The database's name on this phone. */
  readonly name: string;
  readonly sealing: Sealing;
  /** The phone's clock, in ms. */
  readonly now: () => number;
  /** As many random bytes as asked for. */
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
  /** Gives what opens a vault by words. */
  readonly wordsDoor: () => Promise<WordsDoor>;
}

export type { Changes, Save, SaveOptions };

export class Diary {
  readonly #options: DiaryOptions;
  readonly #database: Database;
  readonly #phase = signal<Phase>("opening");
  readonly #trouble = signal<StoreFailureCode | null>(null);
  readonly #isWhole = signal(false);
  readonly #records = new Records();
  readonly #channel: BroadcastChannel | null;
  #log: Log | null = null;
  #drafts: Drafts | null = null;
  #shelf: Shelf | null = null;
  readonly #otherKeys = new Map<KeyId, VaultKeys>();
  #keys: VaultKeys | null = null;
  /** What was last verified of the server: whatever is written here says it. */
  #saw: Saw | null = null;
  readonly #followers = new Set<(whose: "own" | "another tab's") => void>();
  #arriving: Promise<unknown> = Promise.resolve();

  constructor(options: DiaryOptions) {
    this.#options = options;
    this.#database = databaseNamed(options.name);
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(options.name) : null;
    this.#channel?.addEventListener("message", () => void this.#hear());
  }

  get phase(): ReadonlySignal<Phase> {
    return this.#phase;
  }

  /** Why the phase is `unusable`. */
  get trouble(): ReadonlySignal<StoreFailureCode | null> {
    return this.#trouble;
  }

  /** Whether everything is in memory, the months long past too. Before that, today can be read and written. */
  get isWhole(): ReadonlySignal<boolean> {
    return this.#isWhole;
  }

  /** Look at what is on the phone, and open it if no words are needed. Never throws: `phase` and `trouble` say. */
  async open(): Promise<void> {
    const look = async (): Promise<void> => {
      // All that an opening may need is asked for at once: each answer would be waited for behind the one before.
      const slotHere = readVault(this.#database, "slot");
      const [key, near] = [readVault(this.#database, "device-key"), readNear(this.#database)];
      for (const ahead of [key, near]) ahead.catch(() => undefined);
      const { door, slot } = await findDoor(slotHere);
      if (slot === null) this.#phase.value = "new";
      else if (door === "asks-for-words") this.#phase.value = "locked";
      else await this.#enter(await openWithDeviceKey(key, slot), near);
    };
    await this.#arrive(look).catch((failure: StoreFailure) => {
      this.#trouble.value = failure.code;
      this.#phase.value = "unusable";
    });
  }

  /**
   * Begin a diary, or take up one that is elsewhere, by its vault, whose key the caller wipes. `needs-words` when this
   * browser keeps no key: then `beginWithWords`. Throws StoreFailure.
   */
  async begin(vault?: Vault): Promise<"begun" | "needs-words"> {
    await this.#arrive(async () => {
      const keys = await makeDoorForDevice(this.#database, this.#options.random, vault);
      if (keys !== null) await this.#enter(keys);
    });
    if (this.#phase.value !== "open") return "needs-words";
    this.#tell();
    return "begun";
  }

  /** The same with words that open it. Throws StoreFailure; `wrong-words` when there are none. */
  async beginWithWords(words: string, vault?: Vault): Promise<void> {
    await this.#arrive(async () => {
      const { makeDoorForWords } = await this.#options.wordsDoor();
      await this.#enter(await makeDoorForWords(this.#database, words, this.#options.random, vault));
    });
    this.#tell();
  }

  /** Open with the person's words. Throws StoreFailure `wrong-words`. */
  async unlock(words: string): Promise<void> {
    await this.#arrive(async () => {
      const { slot } = await findDoor(readVault(this.#database, "slot"));
      if (slot === null) throw new StoreFailure("gone");
      const { openWithWords } = await this.#options.wordsDoor();
      await this.#enter(await openWithWords(slot, words));
    });
  }

  all<R extends RecordType>(type: R): ReadonlySignal<readonly Kept<R>[]> {
    return this.#records.all(type);
  }

  /** The same by the day they belong to: a screen that shows some days reads no others. */
  byDay<R extends RecordType>(type: R): ReadonlySignal<ByDay<Kept<R>>> {
    return this.#records.byDay(type);
  }

  /** For each activity when it was last done, in ms; follows changes when read inside a component or a computed. */
  get lastDone(): ReadonlyMap<string, number> {
    return this.#records.lastDone;
  }

  /** One record; follows its changes when read inside a component or a computed. */
  one<R extends RecordType>(type: R, id: string): Kept<R> | undefined {
    return this.#records.one(type, id);
  }

  /** What is in the trash, of these types, last deleted first. */
  trashed(types: readonly RecordType[]): ReadonlySignal<readonly { type: RecordType; kept: Kept<RecordType> }[]> {
    return computed(() => this.#records.trashed(types));
  }

  /** A new record id, for what is made together. */
  newId(): RecordId {
    return makeRecordId(this.#options.random);
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
  async save(saves: readonly Save[], { draft, shown }: SaveOptions = {}): Promise<void> {
    const there = saves.map((save) => {
      const kept = "kept" in save ? undefined : this.#records.item(save.id);
      return kept === undefined ? save : { type: save.type, kept, values: save.values };
    });
    await this.#write(writingsOf(there, shown), draft === undefined ? [] : [draft.row]);
  }

  /** Put a record in the trash. */
  trash(type: RecordType, kept: Kept<RecordType>): Promise<void> {
    return this.#write([{ record: kept.id, type: type.name, changes: [trashChange(kept.state)] }], []);
  }

  /** Take a record out of the trash. One that is not in it stays as it is. */
  async putBack(type: RecordType, id: RecordId): Promise<void> {
    if (this.#records.item(id) === undefined) await this.whole();
    const state = this.#records.item(id)?.state;
    if (state === undefined || !isInTrash(state)) return;
    await this.#write([{ record: id, type: type.name, changes: [putBackChange(state)] }], []);
  }

  /** Take hold of a form's draft; of several left under its name, of one that `isMine`. Throws StoreFailure. */
  async draft(name: string, isMine?: (left: unknown) => boolean): Promise<Draft> {
    return this.#opened(this.#drafts).hold(name, isMine);
  }

  /** Drafts that no form of this tab holds, as they were when last looked at; null before. */
  get waitingDrafts(): ReadonlySignal<readonly WaitingDraft[] | null> {
    return this.#opened(this.#drafts).waiting;
  }

  /** Look which drafts wait, now and whenever a form closes, until what this gives is called. */
  followDrafts(): () => void {
    return this.#opened(this.#drafts).follow();
  }

  /** Resolves when everything is in memory. Throws StoreFailure; it may be tried again. */
  async whole(): Promise<void> {
    await this.#follow(this.#opened(this.#shelf).whole());
  }

  /** For reading and writing whole diaries, and for bringing them elsewhere. */
  get inside(): { readonly log: Log; readonly records: Records; readonly database: Database; readonly keys: VaultKeys } {
    return { log: this.#opened(this.#log), records: this.#records, database: this.#database, keys: this.#opened(this.#keys) };
  }

  /**
   * Learn keys that this vault had before, or has now: what waits for one of them is read, and shown. They are kept in
   * memory only: whoever keeps the keyring hands them over each time the diary was opened. Throws StoreFailure.
   */
  async learnKeys(keys: readonly VaultKeys[]): Promise<void> {
    const { keyId: own } = this.#opened(this.#keys);
    for (const key of keys) if (key.keyId !== own) this.#otherKeys.set(key.keyId, key);
    if (await this.#opened(this.#shelf).readWaiting(new Set(this.#otherKeys.keys()))) this.#tell();
  }

  /** Take in what has come from the server, and what was verified of it; tell the other tabs. */
  async takeIn(saw: Saw | null): Promise<void> {
    this.#saw = saw;
    await this.#opened(this.#log).readOn();
    this.#tell();
  }

  /** Write anew what others may take for superseded by something that cannot be opened, also of these records. Throws StoreFailure. */
  async writeAnew(more: readonly RecordId[]): Promise<void> {
    if (await this.#opened(this.#log).writeAnew(more)) this.announce();
  }

  /** Be told after each save in this tab, and after each change that another tab tells of, until what this gives is called. */
  follow(tell: (whose: "own" | "another tab's") => void): () => void {
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  }

  /** Tell the other tabs, and whoever follows, that there is something new. */
  announce(): void {
    this.#tell();
    for (const tell of this.#followers) tell("own");
  }

  /** Resolves when no write is under way, however it ended. */
  async settled(): Promise<void> {
    await this.#log?.settled();
  }

  /** Write the snapshot now if it is worth it: called when the page is hidden. */
  async rest(): Promise<void> {
    await this.#shelf?.tidy();
  }

  async #write(writings: readonly Writing[], drafts: readonly string[]): Promise<void> {
    const log = this.#opened(this.#log);
    if (writings.length === 0 && drafts.length === 0) return;
    await log.write(writings, drafts);
    this.announce();
  }

  /** One opening at a time: whoever comes second finds the diary open. Throws StoreFailure. */
  #arrive(work: () => Promise<void>): Promise<void> {
    const arriving = this.#arriving.then(async () => {
      if (this.#phase.value === "open") return;
      await work().catch((cause: unknown) => {
        throw failureOf(cause, "unavailable");
      });
    });
    this.#arriving = arriving.catch(() => undefined);
    return arriving;
  }

  async #enter(keys: VaultKeys, near?: ReturnType<typeof readNear>): Promise<void> {
    const { sealing, now, random } = this.#options;
    const shared = { database: this.#database, keys, sealing };
    this.#keys = keys;
    const records = this.#records;
    this.#drafts = new Drafts(shared);
    this.#log = new Log({
      ...shared,
      otherKeys: this.#otherKeys,
      saw: () => this.#saw,
      isWhole: () => this.#isWhole.peek(),
      records,
      freshWriter: () => makeWriter(random),
      now,
      onTakeIn: (...items) => this.#shelf?.note(...items),
    });
    this.#shelf = new Shelf({ ...shared, records, log: this.#log, now });
    await this.#shelf.open(near);
    this.#phase.value = "open";
    void this.#openRest(this.#shelf);
    // What another tab said while this one was opening went unheard.
    void this.#hear();
  }

  /** Without the rest, today can be written all the same: who needs it later has it tried again. */
  async #openRest(shelf: Shelf): Promise<void> {
    await this.#follow(shelf.openRest()).catch(() => undefined);
    await shelf.tidy();
  }

  async #follow(rest: Promise<void>): Promise<void> {
    try {
      await rest;
    } catch (cause) {
      throw failureOf(cause);
    }
    this.#isWhole.value = true;
  }

  /** What cannot be read now is read with the next: an edit looks at the log itself. */
  async #hear(): Promise<void> {
    if (this.#phase.value === "new") await this.open();
    if (this.#phase.value !== "open") return;
    await Promise.all([this.#readSaw(), this.#log?.readOn().catch(() => undefined)]);
    for (const tell of this.#followers) tell("another tab's");
  }

  /** Without it, what is written says that its writer had seen nothing. */
  async #readSaw(): Promise<void> {
    const space = this.#opened(this.#keys).space;
    const state = await readSyncState(this.#database, space).catch(() => undefined);
    this.#saw = state?.saw ?? this.#saw;
  }

  #tell(): void {
    this.#channel?.postMessage("changed");
  }

  #opened<T>(part: T | null): T {
    if (part === null) throw new StoreFailure("no-key");
    return part;
  }
}
