/** What a person is told of their backup, and what the parts around the engine give it. */
import type { ReadonlySignal } from "@preact/signals";
import type { RecordId, RevisionId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import type { Notice, RollRow } from "../store/sync-rows.ts";
import type { World } from "./world.ts";

export type SyncStatus =
  /** Nothing is known of a server yet: saved, and on this phone alone. */
  | { readonly kind: "on-this-phone" }
  /** Saved on this phone; so many records have something that the server does not have yet. */
  | { readonly kind: "waiting"; readonly records: number }
  | { readonly kind: "backed-up" }
  /** It goes on only when the person does something. Everything stays readable and writable. */
  | { readonly kind: "needs-you"; readonly reason: NeedsYou; readonly records: number };

export type NeedsYou =
  /** Sign in again. */
  | "signed-out"
  /** The account was deleted; signing up again with the diary on this phone brings all of it back. */
  | "account-deleted"
  /** The server holds as much of this diary as it may. */
  | "quota"
  /** The server does not take some revisions; `outbox` says which. */
  | "refused"
  /** What the server gives does not agree with itself. Nothing of it was taken. */
  | "server-differs"
  /** A round failed in a way that nobody foresaw. Nothing is lost; it is tried again. */
  | "unforeseen"
  /** Something was written by a later version of the app. It waits untouched. */
  | "app-too-old"
  /** The line of the vault's keys that the server shows is not the one that this phone knows. */
  | "roll-forked"
  /** The server lacks an entry of the roll; it takes that only after a passkey or the code was shown. */
  | "proof-needed"
  /** The server lacks an entry of the roll that is on this phone without its content; another phone may have it. */
  | "roll-lost"
  /** The vault has a new key, and nothing that is kept on this phone opens it. */
  | "turned"
  /** Another phone was not signed out to the end: said by who keeps the account, not by the engine. */
  | "leaving"
  /** The vault's keys were spoilt on this phone: said by who keeps the account, too. */
  | "keys-spoilt"
  /** This phone has no room left for what the server has. */
  | "phone-full";

/** How far the first sync of this phone is. It can be used all the while. */
export interface FirstSync {
  /** `records`: what there is, newest first. `proof`: whether nothing was left out, in the background. */
  readonly step: "records" | "proof";
  /** Revisions taken so far of those that the server has; both are only for showing. */
  readonly taken: number;
  readonly of: number;
}

/** A revision that the server did not take, by its code of docs/sync-protocol.md. It stays on the phone. */
export interface Refused {
  readonly id: RevisionId;
  readonly code: string;
}

/** What the engine needs of whoever keeps the keys. */
export interface SyncKeys {
  /**
   * Take the roll as it is on the server, from its first entry on, ids proved, in order; called with all of it whenever the
   * server has shown a new entry, before anything that came with it is stored. Whoever verifies it has the diary learn what the
   * entries open, before this resolves. `refused` where the line does not hold, `turned` where it does, and a person must show
   * who they are to open it: then nothing is stored.
   */
  takeRoll(roll: readonly RollRow[]): Promise<"taken" | "refused" | "turned">;
}

export interface SyncOptions {
  /** Open. Its space is what is synced. */
  readonly diary: Diary;
  readonly keys: SyncKeys;
  /** The browser's own in the app: `browserWorld()`. */
  readonly world: World;
}

/** The engine, once it was started. It goes by itself: at the start, after a save, when the phone is online again or looked at. */
export interface Sync {
  readonly status: ReadonlySignal<SyncStatus>;
  /** Null when no first sync is under way. */
  readonly progress: ReadonlySignal<FirstSync | null>;
  /** To be told once; `understood` takes it away for good. */
  readonly notice: ReadonlySignal<Notice | null>;
  /** What the server did not take. */
  readonly outbox: ReadonlySignal<readonly Refused[]>;
  /** Sync now, also what was refused, and after a wait that is under way: after signing in, after a proof, on a button. Never throws. */
  now(): Promise<void>;
  /** Fetch what a record said before, where this phone knows only that it did. Throws ServerFailure, StoreFailure, NotProved. */
  fetchEarlier(record: RecordId): Promise<void>;
  understood(): Promise<void>;
  /** Stop for good: at signing out. Resolves when nothing is under way, without waiting for any answer. */
  stop(): Promise<void>;
}
