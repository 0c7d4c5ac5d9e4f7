/** How the backup stands, for the line on Today: known before its script is here, and fetched only where there is one. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Account } from "../../account/account.ts";
import { readNote } from "../../account/note.ts";
import type { Diary } from "../../store/diary.ts";
import type { FirstSync, SyncStatus } from "../../sync/status.ts";

export interface Backup {
  /** Null until it is known whether there is one. */
  readonly status: ReadonlySignal<SyncStatus | null>;
  /** How far the diary has come here from another phone; null when none is coming. */
  readonly progress: ReadonlySignal<FirstSync | null>;
  /** A code was made for it, and waits to be asked back. */
  readonly isBegun: ReadonlySignal<boolean>;
  /** Draws what is to be told once; null until that is here. */
  readonly told: ReadonlySignal<VNode | null>;
  /** Go by what this account says from now on, and draw this beside it. */
  follow(account: Account, told: VNode): void;
}

/** Look once the diary is open. Where it is kept safe, `bring` has what backs it up fetched. */
export function followBackup(diary: Diary, bring: () => void): Backup {
  const status = signal<SyncStatus | null>(null);
  const progress = signal<FirstSync | null>(null);
  const told = signal<VNode | null>(null);
  const isBegun = signal(false);
  const look = async (): Promise<void> => {
    const note = await readNote(diary);
    isBegun.value = note?.state === "code-waiting";
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
    isBegun,
    told,
    follow(account, line) {
      told.value = line;
      effect(() => {
        status.value = account.status.value;
        isBegun.value = account.standing.value === "code-waiting";
        progress.value = account.progress.value;
      });
    },
  };
}
