/** How the backup stands, for the line on Today: known before its script is here, and fetched only where there is one. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Account } from "../../account/account.ts";
import { readNote } from "../../account/note.ts";
import type { Diary } from "../../store/diary.ts";
import type { FirstSync, SyncStatus } from "../../sync/status.ts";

export interface Backup {
  /** Null until it is known whether there is one. */
  readonly status: ReadonlySignal<SyncStatus | null>;
  /** How far the diary has come here from another phone; null when none is coming. */
  readonly progress: ReadonlySignal<FirstSync | null>;
  /** Go by what this account says from now on. */
  follow(account: Account): void;
}

/** Look once the diary is open. Where it is kept safe, `bring` has what backs it up fetched. */
export function followBackup(diary: Diary, bring: () => void): Backup {
  const status = signal<SyncStatus | null>(null);
  const progress = signal<FirstSync | null>(null);
  const look = async (): Promise<void> => {
    const note = await readNote(diary);
    if (note?.state === "kept") bring();
    else status.value ??= { kind: "on-this-phone" };
  };
  const stop = effect(() => {
    if (diary.phase.value !== "open") return;
    // What cannot be read or fetched now is looked at when the app is opened again: nothing is said meanwhile.
    void look().catch(() => undefined);
    queueMicrotask(() => stop());
  });
  return {
    status,
    progress,
    follow(account) {
      effect(() => {
        status.value = account.status.value;
        progress.value = account.progress.value;
      });
    },
  };
}
