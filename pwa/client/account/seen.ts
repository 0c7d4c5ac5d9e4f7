/** What is seen of a person's account on this phone: where their diary stands with the site, and how the backup goes. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { RecordId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import type { Notice } from "../store/sync-rows.ts";
import type { FirstSync, Refused, Sync, SyncStatus } from "../sync/status.ts";
import { startBacking } from "./backing.ts";
import type { Calls } from "./calls.ts";
import { learnRoll } from "./change-roll.ts";
import { type NewCode, type Note, readNote } from "./note.ts";
import { describe } from "./phones.ts";
import { type RefusedRecord, refusedRecords } from "./refused.ts";
import { introduce } from "./this-phone.ts";
import { unsentRecords } from "./unsent.ts";

export type Standing =
  /** No account: the diary is on this phone only. */
  | "here-only"
  /** There is an account, but nobody has shown that they have the recovery code. */
  | "code-waiting"
  | "kept";

const HERE_ONLY: SyncStatus = { kind: "on-this-phone" };
const NONE: readonly Refused[] = [];
const NOT_MET_YET: SyncStatus = { kind: "waiting", records: 0 };

/** Goes by the note and by the engine. The steps of `Account` give it another note. */
export class AccountSeen {
  protected readonly parts: { readonly diary: Diary; readonly calls: Calls };
  readonly #note = signal<Note | null | undefined>(undefined);
  readonly #sync = signal<Sync | null>(null);
  #isIntroducing = false;
  /** The keys of the vault were spoilt on this phone. */
  readonly #isSpoilt = signal(false);
  #isMending = false;

  /** Where it stands; null until that is read. */
  readonly standing: ReadonlySignal<Standing | null> = computed(() => {
    const note = this.#note.value;
    if (note === undefined) return null;
    return note === null || note.state === "signing-up" ? "here-only" : note.state;
  });

  /** Whether a phone was being signed out when that was cut off. */
  readonly isSigningOut: ReadonlySignal<boolean> = computed(() => this.#note.value?.leaving !== undefined);

  /** How the backup stands. */
  readonly status: ReadonlySignal<SyncStatus> = computed(() => {
    const status = this.#sync.value?.status.value ?? HERE_ONLY;
    if (this.standing.value !== "kept") return HERE_ONLY;
    if (this.#isSpoilt.value) return { kind: "needs-you", reason: "keys-spoilt", records: 0 };
    if (this.isSigningOut.value && status.kind !== "needs-you") return { kind: "needs-you", reason: "leaving", records: recordsIn(status) };
    return status.kind === "on-this-phone" ? NOT_MET_YET : status;
  });

  /** How far the first sync is; null when none is under way. */
  readonly progress: ReadonlySignal<FirstSync | null> = computed(() => this.#sync.value?.progress.value ?? null);

  /** What is to be told once of the backup. */
  readonly notice: ReadonlySignal<Notice | null> = computed(() => this.#sync.value?.notice.value ?? null);

  /** What the site did not take. */
  readonly refused: ReadonlySignal<readonly Refused[]> = computed(() => this.#sync.value?.outbox.value ?? NONE);

  /** Whether a passkey opens the diary elsewhere, as far as this phone knows. */
  readonly opensByPasskey: ReadonlySignal<boolean> = computed(() => this.#note.value?.opens === true);

  /** Whether this phone made a passkey that at least signs in. */
  readonly hasPasskey: ReadonlySignal<boolean> = computed(() => this.#note.value?.hasPasskey === true);

  /** A new recovery code that is not in force yet; null where there is none. */
  readonly newCode: ReadonlySignal<NewCode | null> = computed(() => this.#note.value?.newCode ?? null);

  constructor(parts: { readonly diary: Diary; readonly calls: Calls }) {
    this.parts = parts;
    const stop = effect(() => {
      if (parts.diary.phase.value !== "open") return;
      queueMicrotask(() => stop());
      // Read again when a step needs it; until then nothing is said to be backed up.
      void this.look().catch(() => undefined);
    });
  }

  /** Read where it stands. */
  async look(): Promise<void> {
    this.take(await readNote(this.parts.diary));
  }

  /** Which records the site does not have yet, by their ids. */
  unsentRecords(): Promise<readonly string[]> {
    return unsentRecords(this.parts.diary);
  }

  /** The records of what the site did not take. Throws what the browser throws. */
  refusedRecords(): Promise<readonly RefusedRecord[]> {
    return refusedRecords(this.parts.diary, this.refused.peek());
  }

  /** The notice was read. Where that cannot be kept, it is told again. */
  async understood(): Promise<void> {
    await this.#sync
      .peek()
      ?.understood()
      .catch(() => undefined);
  }

  /**
   * Fetch what a record said before, where this phone came later and knows only that it said something. Throws what the
   * site's failing throws; what is here stays.
   */
  async fetchEarlier(record: RecordId): Promise<void> {
    await this.#sync.peek()?.fetchEarlier(record);
  }

  async backUpNow(): Promise<void> {
    if (this.#isSpoilt.peek()) this.#start();
    await this.#sync.value?.now();
  }

  /** The note as it was last taken. */
  protected get noted(): Note | null {
    return this.#note.peek() ?? null;
  }

  /** Go by this note from now on: what is kept is backed up. */
  protected take(note: Note | null): void {
    this.#note.value = note;
    if (note === null) this.#isIntroducing = false;
    const isSignedUp = note !== null && note.state !== "signing-up";
    if (isSignedUp && note.phone === undefined && !this.#isIntroducing) {
      this.#isIntroducing = true;
      void this.introduce();
    }
    this.#start();
  }

  /** Do it while this tab backs nothing up. Where it does not come about, the backup goes on. */
  protected async unbacked<T>(work: () => Promise<T>): Promise<T> {
    await this.#sync.peek()?.stop();
    this.#sync.value = null;
    try {
      return await work();
    } catch (cause) {
      this.take(this.noted);
      throw cause;
    }
  }

  /** Back up what is kept. With keys that were spoilt nothing is sent: the roll has them, and is asked for them first. */
  #start(): void {
    if (this.noted?.state !== "kept") return;
    this.#isSpoilt.value = this.parts.diary.inside.isSpoilt;
    if (!this.#isSpoilt.value) this.#sync.value ??= startBacking(this.parts.diary);
    else if (!this.#isMending) {
      this.#isMending = true;
      void learnRoll(this.parts)
        .then(() => this.#start())
        .catch(() => undefined);
    }
  }

  /** Where that cannot be done now, it is when the app is next opened, or somebody shows who they are. */
  protected async introduce(): Promise<void> {
    const note = await introduce(this.parts, describe(navigator.userAgent)).catch(() => undefined);
    if (note !== undefined) this.take(note);
  }
}

/** How many records are not backed up, as far as is known. */
function recordsIn(status: SyncStatus): number {
  return status.kind === "waiting" || status.kind === "needs-you" ? status.records : 0;
}
