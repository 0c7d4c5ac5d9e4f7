/** Writing the note of the account: apart from reading it, which every phone does as it opens. */
import { toUtf8 } from "../replica/utf8.ts";
import type { Diary } from "../store/diary.ts";
import { writeInVault } from "../store/transaction.ts";
import { sealLocal } from "../vault/local.ts";
import { NAME, type Note } from "./note.ts";

/** Keep a note in place of the one before; null takes it away. Resolves once that is durable. Throws StoreFailure. */
export async function keepNote({ inside: { database, keys } }: Diary, note: Note | null): Promise<void> {
  const sealed = note === null ? null : await sealLocal(keys, NAME, toUtf8(JSON.stringify(note)));
  await writeInVault(database, keys.space, {
    stores: ["vault", "local"],
    durability: "strict",
    work: async (transaction) => {
      const store = transaction.objectStore("local");
      await (sealed === null ? store.delete(NAME) : store.put(sealed, NAME));
    },
  });
}
