/** Writing the note of the account: apart from reading it, which every phone does as it opens. */
import { toUtf8 } from "../replica/utf8.ts";
import type { Diary } from "../store/diary.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { writeInVault } from "../store/transaction.ts";
import { browserWorld } from "../sync/world.ts";
import { sealLocal } from "../vault/local.ts";
import { NAME, type Note, readNote } from "./note.ts";

/** Do what reads the note and writes it, while no other tab does. */
export function aloneWithNote<T>({ inside: { database } }: Diary, work: () => Promise<T>): Promise<T> {
  return browserWorld().alone(`${database.name}/account`, work);
}

/** Change the note, if there is one. Gives it as it is then. Throws StoreFailure. */
export function changeNote(diary: Diary, change: (note: Note) => Note): Promise<Note | null> {
  return aloneWithNote(diary, async () => {
    const note = await readNote(diary);
    if (note === null) return null;
    const changed = change(note);
    await keepNote(diary, changed);
    return changed;
  });
}

/**
 * Keep a note in place of the one before; null takes it away, and with it what is known of the server: the next has
 * nothing yet of what is here. Resolves once that is durable. Throws StoreFailure.
 */
export async function keepNote({ inside: { database, keys } }: Diary, note: Note | null): Promise<void> {
  const sealed = note === null ? null : await sealLocal(keys, NAME, toUtf8(JSON.stringify(note)));
  await writeInVault(database, keys.space, {
    stores: ["vault", "local", "sync"],
    durability: "strict",
    work: async (transaction) => {
      const local = transaction.objectStore("local");
      if (sealed !== null) return void (await local.put(sealed, NAME));
      await Promise.all([forgetIn(transaction.objectStore("sync")), local.delete(NAME)]);
    },
  });
}

/** Forget what is known of the server, and keep the note. Resolves once that is durable. Throws StoreFailure. */
export async function forgetServer({ inside: { database, keys } }: Diary): Promise<void> {
  await writeInVault(database, keys.space, {
    stores: ["vault", "sync"],
    durability: "strict",
    work: (transaction) => forgetIn(transaction.objectStore("sync")),
  });
}

interface StateStore {
  get(key: "state"): Promise<SyncState | undefined>;
  put(state: SyncState, key: "state"): Promise<unknown>;
}

/** No server is of this generation: what the next one lacks is sent, of whoever wrote it. */
async function forgetIn(sync: StateStore): Promise<void> {
  const state = await sync.get("state");
  // A round under way, in any tab, goes by another edition and writes nothing over that.
  const edition = (state?.edition ?? 0) + 1;
  if (state !== undefined) await sync.put({ ...state, edition, generation: "", first: null, isAnew: true }, "state");
}
