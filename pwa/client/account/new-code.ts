/**
 * A new recovery code in the place of the one there is. At no moment does the person hold only papers that open nothing:
 *
 * 1. It is made, written down and asked back, and nothing was sent: the old one opens, the new one does not.
 * 2. It gets a slot of its own in the roll, beside the old one's.
 * 3. The site takes its token in the place of the old one's: from then on the new one opens.
 * 4. The old one's slot goes, and older entries of the roll with it.
 * 5. The third again, until the only slot of a code is this one's: another phone may have renewed it at the same time, and
 *    the token and the slot are to be of one paper.
 *
 * Each step may be done twice. Where an answer was lost, all of them are done again; until the last the note has the code.
 * It may be let go of until the site is asked to take its token, and its slot goes with it. From then on either may count:
 * another may be made in its place, and the slots of both papers stay until that one is in force.
 */

import type { Diary } from "../store/diary.ts";
import { browserWorld } from "../sync/world.ts";
import { type CodeOpener, type KeySlot, openSlot } from "../vault/key-slot.ts";
import type { OpenVault } from "../vault/open-vault.ts";
import { deriveRecoveryToken, formatRecoveryCode, makeRecoveryCode, readRecoveryCode } from "../vault/recovery-code.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { addSlot, removeSlot, renewCode } from "../vault/vault-roll.ts";
import { type Changing, changeRoll } from "./change-roll.ts";
import { changeNote } from "./keep-note.ts";
import { type NewCode, type Note, readNote } from "./note.ts";

/** Make one, unless one waits: for whoever has shown who they are. Gives the note as it is then. Throws StoreFailure. */
export async function makeNewCode(diary: Diary): Promise<Note | null> {
  const made = await notOnPaper();
  return noteNewCode(diary, (before) => before ?? made);
}

/** Make another in the place of the one that waits. Throws AccountFailure, StoreFailure, RollRefused. */
export async function makeAnotherCode(changing: Changing): Promise<void> {
  await letGoOfNewCode(changing);
  const made = await notOnPaper();
  await noteNewCode(changing.diary, (before) => ({ ...before, ...made }));
}

/** It was asked back. Throws StoreFailure. */
export function newCodeIsOnPaper(diary: Diary): Promise<Note | null> {
  return noteNewCode(diary, (before) => before && { ...before, isOnPaper: true });
}

/** Let go of one that was not asked back: nobody but this phone knows it. Throws StoreFailure. */
export function dropNewCode(diary: Diary): Promise<Note | null> {
  return noteNewCode(diary, (before) => (before?.isOnPaper || before?.mayCount ? before : undefined));
}

/** Let go of one that waits, and of its slot; one that may count already stays. Throws AccountFailure, StoreFailure, RollRefused. */
export function letGoOfNewCode(changing: Changing): Promise<void> {
  return withWaiting(changing, async ({ isOnPaper, mayCount }, opener) => {
    if (mayCount) return;
    if (!isOnPaper) return void (await dropNewCode(changing.diary));
    await changeRoll(changing, {
      make: async (vault) => {
        const slot = await slotFor(vault, opener);
        return slot === null ? null : removeSlot(vault, slot.id);
      },
      noted: withoutNewCode,
    });
  });
}

/** Bring the one that is on paper into force. Throws AccountFailure, StoreFailure, RollRefused; then the note still has it. */
export function bringIntoForce(changing: Changing): Promise<void> {
  return withWaiting(changing, async ({ isOnPaper }, opener) => {
    if (!isOnPaper) return;
    await changeRoll(changing, { make: async (vault) => ((await slotFor(vault, opener)) === null ? addSlot(vault, opener) : null) });
    await noteNewCode(changing.diary, (before) => before && { ...before, mayCount: true });
    const token = await deriveRecoveryToken(opener.code);
    let isAlone = false;
    while (!isAlone) {
      await changing.calls.setRecovery(token);
      await changeRoll(changing, {
        make: async (vault) => {
          isAlone = vault.slots.filter(isOfCode).length === 1 && (await slotFor(vault, opener)) !== null;
          return isAlone ? null : renewCode(vault, opener);
        },
        noted: (note) => (isAlone ? withoutNewCode(note) : note),
      });
    }
  });
}

async function notOnPaper(): Promise<NewCode> {
  const code = makeRecoveryCode();
  const made = { code: await formatRecoveryCode(code), isOnPaper: false };
  code.fill(0);
  return made;
}

type Work = (waiting: NewCode, opener: CodeOpener) => Promise<void>;

/** Do it with the code that waits, if one does; no other tab brings it into force or lets go of it meanwhile. */
function withWaiting({ diary }: Changing, work: Work): Promise<void> {
  return browserWorld().alone(`${diary.inside.database.name}/new-code`, async () => {
    const waiting = (await readNote(diary))?.newCode;
    if (waiting === undefined) return;
    const code = await readRecoveryCode(waiting.code);
    try {
      await work(waiting, { kind: "code", code });
    } finally {
      code.fill(0);
    }
  });
}

function withoutNewCode({ newCode: _waits, ...note }: Note): Note {
  return note;
}

function noteNewCode(diary: Diary, change: (before: NewCode | undefined) => NewCode | undefined): Promise<Note | null> {
  return changeNote(diary, ({ newCode: before, ...rest }) => {
    const newCode = change(before);
    return newCode === undefined ? rest : { ...rest, newCode };
  });
}

/** The slot that it opens; null where there is none. */
async function slotFor({ slots, known }: OpenVault, opener: CodeOpener): Promise<KeySlot | null> {
  try {
    return (await openSlot(slots, opener, known.space)).slot;
  } catch (cause) {
    if (cause instanceof RollRefused) return null;
    throw cause;
  }
}

function isOfCode({ kind }: KeySlot): boolean {
  return kind === "code";
}
