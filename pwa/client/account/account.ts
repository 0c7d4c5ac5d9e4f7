/**
 * A person's account, as this phone has it: where their diary stands with the site, and the steps that change that.
 *
 * A step that does not come about leaves things as they were, and may be done again. It throws AccountFailure,
 * StoreFailure, RollRefused, or CodeMistaken for text that is no recovery code.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { clearPhone } from "../store/clear.ts";
import type { Diary } from "../store/diary.ts";
import type { FirstSync, Sync, SyncStatus } from "../sync/status.ts";
import { startBacking } from "./backing.ts";
import { bringHere, joinHere, NEEDS_CODE } from "./bring-here.ts";
import { type Calls, makeCalls } from "./calls.ts";
import { AccountFailure } from "./failures.ts";
import { aloneWithNote, keepNote } from "./keep-note.ts";
import { KeepSafe } from "./keep-safe.ts";
import { type Note, readNote } from "./note.ts";
import { hasPasskeys } from "./passkeys.ts";
import { labelThisPhone, listPhones, type Phone } from "./phones.ts";
import { show, wipe } from "./showing.ts";
import type { Way } from "./way.ts";

export type Standing =
  /** No account: the diary is on this phone only. */
  | "here-only"
  /** There is an account, but nobody has shown that they have the recovery code. */
  | "code-waiting"
  | "kept";

const HERE_ONLY: SyncStatus = { kind: "on-this-phone" };
const NOT_MET_YET: SyncStatus = { kind: "waiting", records: 0 };

export class Account {
  readonly #diary: Diary;
  readonly #calls: Calls;
  readonly #host: string;
  readonly #keepSafe: KeepSafe;
  readonly #note = signal<Note | null | undefined>(undefined);
  readonly #sync = signal<Sync | null>(null);

  /** Where it stands; null until that is read. */
  readonly standing: ReadonlySignal<Standing | null> = computed(() => {
    const note = this.#note.value;
    if (note === undefined) return null;
    return note === null || note.state === "signing-up" ? "here-only" : note.state;
  });

  /** How the backup stands. */
  readonly status: ReadonlySignal<SyncStatus> = computed(() => {
    const status = this.#sync.value?.status.value ?? HERE_ONLY;
    if (this.standing.value !== "kept") return HERE_ONLY;
    return status.kind === "on-this-phone" ? NOT_MET_YET : status;
  });

  /** How far the first sync is; null when none is under way. */
  readonly progress: ReadonlySignal<FirstSync | null> = computed(() => this.#sync.value?.progress.value ?? null);

  /** Whether a passkey opens the diary elsewhere, as far as this phone knows. */
  readonly opensByPasskey: ReadonlySignal<boolean> = computed(() => this.#note.value?.opens === true);

  constructor({ diary, calls, host }: { readonly diary: Diary; readonly calls: Calls; readonly host: string }) {
    this.#diary = diary;
    this.#calls = calls;
    this.#host = host;
    this.#keepSafe = new KeepSafe({ diary, calls, host });
    const stop = effect(() => {
      if (diary.phase.value !== "open") return;
      queueMicrotask(() => stop());
      // Read again when a step needs it; until then nothing is said to be backed up.
      void this.look().catch(() => undefined);
    });
  }

  /** Read where it stands. */
  async look(): Promise<void> {
    this.#take(await readNote(this.#diary));
  }

  /** Whether this browser has passkeys at all. */
  get hasPasskeys(): boolean {
    return hasPasskeys();
  }

  async keepSafeWithPasskey(): Promise<void> {
    this.#take(await this.#keepSafe.withPasskey());
  }

  async keepSafeWithCode(): Promise<void> {
    this.#take(await this.#keepSafe.withCode());
  }

  /** The recovery code in its groups, until it was asked back, in any tab: then none, and it stands as it does now. */
  async recoveryCode(): Promise<readonly string[] | null> {
    const note = await readNote(this.#diary);
    this.#take(note);
    return note?.code?.split("-") ?? null;
  }

  /** The code was asked back: from now on the diary is backed up. */
  async confirmCode(): Promise<void> {
    await aloneWithNote(async () => {
      const note = await readNote(this.#diary);
      if (note !== null) await this.#keep({ ...note, state: "kept", code: null });
    });
  }

  /** Bring the diary here, where none was begun. */
  async bringHere(way: Way): Promise<"here" | typeof NEEDS_CODE> {
    const note = await bringHere(way, { diary: this.#diary, calls: this.#calls, host: this.#host });
    if (note === NEEDS_CODE) return NEEDS_CODE;
    this.#take(note);
    return "here";
  }

  /** Join the diary that was begun here with the one that is kept safe. Then the app is to be loaded anew. */
  joinHere(way: Way): Promise<"joined" | typeof NEEDS_CODE> {
    return joinHere(way, { diary: this.#diary, calls: this.#calls, host: this.#host });
  }

  /** Show who one is: to sign in again, or because the site asks for it. Then the backup goes on. */
  async show(way: Way, purpose: "sign-in" | "proof"): Promise<void> {
    await this.#show(way, purpose);
    await this.backUpNow();
  }

  /** The phones that are signed in, this one first. */
  async phones(): Promise<readonly Phone[]> {
    return listPhones(this.#calls, this.#diary);
  }

  /** Sign another phone out. What is on it stays on it. */
  signOut(phone: Phone): Promise<void> {
    return this.#calls.signOut(phone.id);
  }

  /** How many records are not backed up, as far as is known. */
  get waiting(): number {
    const status = this.status.peek();
    return status.kind === "waiting" || status.kind === "needs-you" ? status.records : 0;
  }

  /**
   * Take the diary off this phone, and sign it out. Gives false, and nothing was taken, where something was not sent; a
   * person who was told may lose it.
   */
  async leaveThisPhone({ mayLose }: { readonly mayLose: boolean }): Promise<boolean> {
    const isClear = await this.#unbacked(() => clearPhone(this.#diary.inside.database, { mayLose }));
    if (!isClear) {
      this.#take(this.#note.peek() ?? null);
      return false;
    }
    // Without a connection the session stays, which opens nothing here any more; it can be ended from another phone.
    await this.#calls.signOutHere().catch(() => undefined);
    return true;
  }

  /** Show who one is, and have the site erase the account with all it keeps. The diary stays on this phone. */
  async takeBack(way: Way): Promise<void> {
    await this.#show(way, "proof");
    await this.#calls.deleteAccount();
    await this.forget();
  }

  async backUpNow(): Promise<void> {
    await this.#sync.value?.now();
  }

  /** Forget an account that the site does not have any more. The diary stays, and can be kept safe anew. */
  async forget(): Promise<void> {
    const id = this.#note.peek()?.known.ids[0];
    await this.#unbacked(() =>
      aloneWithNote(async () => {
        const note = await readNote(this.#diary);
        // Another tab may have kept the diary safe anew: that stays.
        const isNew = note !== null && note.known.ids[0] !== id;
        if (!isNew) await keepNote(this.#diary, null);
        this.#take(isNew ? note : null);
      }),
    );
  }

  /** Do it while this tab backs nothing up. Where it does not come about, the backup goes on. */
  async #unbacked<T>(work: () => Promise<T>): Promise<T> {
    await this.#sync.peek()?.stop();
    this.#sync.value = null;
    try {
      return await work();
    } catch (cause) {
      this.#take(this.#note.peek() ?? null);
      throw cause;
    }
  }

  /** Whoever signs in to another account than this diary's is signed out of that again. */
  async #show(way: Way, purpose: "sign-in" | "proof"): Promise<void> {
    const opener = await show(way, { calls: this.#calls, host: this.#host, purpose });
    if (opener !== null) wipe(opener);
    if ((await this.#calls.spaces()).includes(this.#diary.inside.keys.space)) return;
    await this.#calls.signOutHere();
    throw new AccountFailure("another-account");
  }

  async #keep(note: Note): Promise<void> {
    await keepNote(this.#diary, note);
    this.#take(note);
  }

  #take(note: Note | null): void {
    this.#note.value = note;
    if (note?.state !== "kept" || this.#sync.value !== null) return;
    this.#sync.value = startBacking(this.#diary);
    // A name is for convenience: where it cannot be given now, it is with the next start.
    void labelThisPhone(this.#calls, this.#diary, navigator.userAgent).catch(() => undefined);
  }
}

/** Put it together for this browser. */
export function makeAccount(diary: Diary): Account {
  const calls = makeCalls((address, init) => fetch(address, init));
  return new Account({ diary, calls, host: location.hostname });
}
