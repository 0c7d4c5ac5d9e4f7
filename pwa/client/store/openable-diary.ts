/**
 * How a diary comes open in this tab, and stays in step with the others: by the phone's own key or through a door that
 * asks, first what today needs, then the rest. Another tab may also open it, or take it off the phone.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { VaultKeys } from "../vault/keys.ts";
import { type Database, databaseNamed } from "./database.ts";
import { failureOf, StoreFailure, type StoreFailureCode } from "./failures.ts";
import { OpenDiary, type OpenDiaryOptions } from "./open-diary.ts";
import { Records } from "./records.ts";
import { readNear } from "./snapshot.ts";
import { verifyOurs } from "./transaction.ts";
import { type Entrance, findDoor, makeDoorForDevice, openWithDeviceKey, readVault, type Vault } from "./vault-door.ts";

export type Phase =
  /** Reading what is on the phone. */
  | "opening"
  /** Nothing is here yet. */
  | "new"
  /** Waiting for what the person opens it with. */
  | "locked"
  | "open"
  /** This browser gives no storage, or what is here cannot be opened; `trouble` says why. */
  | "unusable";

export interface DiaryOptions extends Pick<OpenDiaryOptions, "sealing" | "now" | "random"> {
  /** The database's name on this phone. */
  readonly name: string;
  /** The diary was taken off this phone, or into another vault, in another tab: nothing of it is to be shown any more. */
  readonly onLeft: () => void;
}

/** What a tab says after which the others may have nothing to show; otherwise it is that something changed. */
const LEFT = "left";

export class OpenableDiary {
  readonly #options: DiaryOptions & OpenDiaryOptions;
  readonly #phase = signal<Phase>("opening");
  readonly #trouble = signal<StoreFailureCode | null>(null);
  readonly #isWhole = signal(false);
  protected readonly records = new Records();
  readonly #channel: BroadcastChannel | null;
  #open: OpenDiary | null = null;
  readonly #followers = new Set<(whose: "own" | "another tab's") => void>();
  #arriving: Promise<unknown> = Promise.resolve();

  constructor(options: DiaryOptions) {
    const isWhole = (): boolean => this.#isWhole.peek();
    this.#options = { ...options, database: databaseNamed(options.name), records: this.records, isWhole };
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(options.name) : null;
    this.#channel?.addEventListener("message", ({ data }) => void (data === LEFT ? this.look() : this.#hear()));
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

  /** Look at what is on the phone, and open it if nothing is to be asked for. Never throws: `phase` and `trouble` say. */
  async open(): Promise<void> {
    const { database } = this.#options;
    const look = async (): Promise<void> => {
      // All that an opening may need is asked for at once: each answer would be waited for behind the one before.
      const slotHere = readVault(database, "slot");
      const [key, near, keys] = [readVault(database, "device-key"), readNear(database), readVault(database, "keys")];
      for (const ahead of [key, near, keys]) ahead.catch(() => undefined);
      const slot = await findDoor(slotHere);
      if (slot === "none") this.#phase.value = "new";
      else if (slot === "asks") this.#phase.value = "locked";
      else await this.#enter({ keys: await openWithDeviceKey(key, slot), held: null }, near, keys);
    };
    await this.#arrive(look).catch((failure: StoreFailure) => {
      this.#trouble.value = failure.code;
      this.#phase.value = "unusable";
    });
  }

  /**
   * Begin a diary, or take up one that is elsewhere, by its vault, whose key the caller wipes. `needs-words` when this
   * browser keeps no key: then `words-door.ts` begins it. Throws StoreFailure.
   */
  async begin(vault?: Vault): Promise<"begun" | "needs-words"> {
    const { database, random } = this.ground;
    await this.#arrive(async () => {
      const keys = await makeDoorForDevice(database, random, vault);
      if (keys !== null) await this.#enter({ keys, held: null });
    });
    if (this.#phase.value !== "open") return "needs-words";
    this.#tell();
    return "begun";
  }

  /** What a door is made of that asks the person: it stands outside of this class. */
  get ground(): Pick<OpenDiaryOptions, "database" | "random"> {
    const { database, random } = this.#options;
    return { database, random };
  }

  /** Come in through such a door. Throws StoreFailure. */
  async enter(entrance: Entrance): Promise<void> {
    await this.#arrive(() => this.#enter(entrance));
    this.#tell();
  }

  /** The door was changed for one that this opens; null for the phone's own. */
  hold(held: Entrance["held"]): void {
    this.opened.held = held;
  }

  /** Resolves when everything is in memory. Throws StoreFailure; it may be tried again. */
  async whole(): Promise<void> {
    await this.#follow(this.opened.shelf.whole());
  }

  /** For reading and writing whole diaries, and for bringing them elsewhere. */
  get inside(): Entrance & Pick<OpenDiary, "log" | "isSpoilt"> & { readonly records: Records; readonly database: Database } {
    const { log, keys, held, isSpoilt } = this.opened;
    const { records, database } = this.#options;
    return { log, records, database, keys, held, isSpoilt };
  }

  /** Learn keys of this vault, and those in the database: what waits for one is read, and shown. Throws StoreFailure. */
  async learnKeys(keys: readonly VaultKeys[] = []): Promise<void> {
    if (await this.opened.learn(keys)) this.#tell();
  }

  /** The vault turned, and its keys are in the database: what all tabs write from now on goes under the new one. Throws StoreFailure. */
  async turn(): Promise<void> {
    await this.learnKeys();
    this.#tell();
  }

  /** Take in what has come from the server; tell the other tabs. */
  async takeIn(): Promise<void> {
    await this.opened.log.readOn();
    this.#tell();
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

  /** Tell the other tabs that this diary is not on the phone any more. */
  announceLeaving(): void {
    this.#channel?.postMessage(LEFT);
  }

  /** See that the diary is still on the phone, as another tab may have taken it off unheard. Never throws. */
  async look(): Promise<void> {
    const space = this.#open?.keys.space;
    if (space === undefined) return this.#hear();
    await verifyOurs(this.#options.database, space).catch(({ code }: StoreFailure) => {
      if (code === "gone") this.#options.onLeft();
    });
  }

  /** Resolves when no write is under way, however it ended. */
  async settled(): Promise<void> {
    await this.#open?.log.settled();
  }

  /** Write the snapshot now if it is worth it: called when the page is hidden. */
  async rest(): Promise<void> {
    await this.#open?.shelf.tidy();
  }

  /** What there is of it. Throws StoreFailure before its keys are here. */
  protected get opened(): OpenDiary {
    if (this.#open === null) throw new StoreFailure("no-key");
    return this.#open;
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

  async #enter(entrance: Entrance, ...ahead: Parameters<OpenDiary["open"]>): Promise<void> {
    const open = new OpenDiary(this.#options, entrance);
    this.#open = open;
    await open.open(...ahead);
    this.#phase.value = "open";
    void this.#openRest(open.shelf);
    // What another tab said while this one was opening went unheard.
    void this.#hear();
  }

  /** Without the rest, today can be written all the same: who needs it later has it tried again. */
  async #openRest(shelf: OpenDiary["shelf"]): Promise<void> {
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
    // A lock that was taken off in another tab opens this one, too.
    if (this.#phase.value === "new" || this.#phase.value === "locked") await this.open();
    if (this.#phase.value !== "open") return;
    const { opened } = this;
    await Promise.all([this.learnKeys().catch(() => undefined), opened.log.readOn().catch(() => undefined)]);
    for (const tell of this.#followers) tell("another tab's");
  }

  #tell(): void {
    this.#channel?.postMessage("changed");
  }
}
