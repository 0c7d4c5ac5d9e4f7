/** Writing the note of the account: apart from reading it, which every phone does as it opens. */
import { toUtf8 } from "../replica/utf8.ts";
import type { Diary } from "../store/diary.ts";
import { writeInVault } from "../store/transaction.ts";
import { browserWorld } from "../sync/world.ts";
import { sealLocal } from "../vault/local.ts";
import { NAME, type Note } from "./note.ts";

/** Do what reads the note and writes it, while no other tab does. */
export function aloneWithNote<T>(work: () => Promise<T>): Promise<T> {
  return browserWorld().alone("cairn/account", work);
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
      const [local, sync] = [transaction.objectStore("local"), transaction.objectStore("sync")];
      if (sealed !== null) return void (await local.put(sealed, NAME));
      const [state] = await Promise.all([sync.get("state"), local.delete(NAME)]);
      // No server is of this generation: what the next one lacks is sent, of whoever wrote it.
      if (state !== undefined) await sync.put({ ...state, generation: "", first: null, isAnew: true }, "state");
    },
  });
}
