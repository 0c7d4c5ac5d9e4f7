/** The engine that backs the diary up, with the keys of this phone: started once the diary is kept safe. */
import type { Diary } from "../store/diary.ts";
import { startSync } from "../sync/engine.ts";
import type { Sync, SyncKeys } from "../sync/status.ts";
import { browserWorld } from "../sync/world.ts";
import { wipeVault } from "../vault/open-vault.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { aloneWithNote } from "./keep-note.ts";
import { readNote } from "./note.ts";
import { isNotOpened, keepRoll, openHere } from "./roll-here.ts";
import { entryOf } from "./sent-entries.ts";

/** Start it. */
export function startBacking(diary: Diary): Sync {
  return startSync({ diary, keys: keysOf(diary), world: browserWorld() });
}

/** What the engine needs of the keys: the roll is verified and opened with what this phone keeps. */
export function keysOf(diary: Diary): SyncKeys {
  return {
    takeRoll: (roll) =>
      aloneWithNote(diary, async () => {
        const note = await readNote(diary);
        if (note === null) return "refused";
        try {
          const vault = await openHere(diary, { known: note.known, entries: roll.map(entryOf), opener: null });
          try {
            await keepRoll(diary, note, vault);
            return "taken";
          } finally {
            wipeVault(vault);
          }
        } catch (cause) {
          if (!(cause instanceof RollRefused)) throw cause;
          if (isNotOpened(cause)) return "turned";
          // The site lost what this phone knows: the engine sends it again. It saw to it that no entry was shown and left out.
          return cause.code === "roll-behind" ? "taken" : "refused";
        }
      }),
  };
}
