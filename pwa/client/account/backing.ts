/** The engine that backs the diary up, with the keys of this phone: started once the diary is kept safe. */
import type { Diary } from "../store/diary.ts";
import { startSync } from "../sync/engine.ts";
import type { Sync, RollEntry as SyncedEntry, SyncKeys } from "../sync/status.ts";
import { browserWorld } from "../sync/world.ts";
import { openKeys } from "../vault/keys.ts";
import { openKnownRoll } from "../vault/open-roll.ts";
import { type KnownRoll, wipeVault } from "../vault/open-vault.ts";
import type { RollEntry } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { aloneWithNote, keepNote } from "./keep-note.ts";
import { lendVault } from "./lend-vault.ts";
import { readNote } from "./note.ts";

/** Start it. */
export function startBacking(diary: Diary): Sync {
  return startSync({ diary, keys: keysOf(diary), world: browserWorld() });
}

function keysOf(diary: Diary): SyncKeys {
  return {
    takeRoll: (roll) =>
      aloneWithNote(async () => {
        const note = await readNote(diary);
        if (note === null) return "refused";
        try {
          const known = await learn(diary, note.known, roll.map(entryOf));
          if (known.ids.length !== note.known.ids.length) await keepNote(diary, { ...note, known });
          return "taken";
        } catch (cause) {
          if (!(cause instanceof RollRefused)) throw cause;
          // The site lost what this phone knows: the engine sends it again.
          return cause.code === "roll-behind" ? "taken" : "refused";
        }
      }),
  };
}

/** Verify the roll from what is known of it, and hand over the keys it opens. Throws RollRefused. */
function learn(diary: Diary, known: KnownRoll, entries: readonly RollEntry[]): Promise<KnownRoll> {
  return lendVault(diary, null, async ({ space, key }) => {
    const vault = await openKnownRoll({ known, entries, opener: { kind: "vault-key", key } });
    try {
      const keys = await openKeys({ space, current: vault.key, older: vault.older });
      await diary.learnKeys(vault.older.flatMap(({ id }) => keys.of(id) ?? []));
      return vault.known;
    } finally {
      wipeVault(vault);
    }
  });
}

function entryOf({ id, header, blob, blobHash, signature }: SyncedEntry): RollEntry {
  if (signature === null) throw new RollRefused("roll-forged");
  return blob === null ? { id, header, signature, blobHash } : { id, header, signature, blob };
}
