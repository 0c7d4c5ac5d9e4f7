/** Joining the diary that was begun on this phone with one that is kept safe already. */
import { sealing } from "#sealing";
import type { SpaceId } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { moveInto } from "../store/move.ts";
import { openFreshRoll } from "../vault/open-roll.ts";
import { wipeVault } from "../vault/open-vault.ts";
import { readRecoveryCode } from "../vault/recovery-code.ts";
import { type Bringing, endSession, NEEDS_CODE, noteOf, type Opened, openElsewhere } from "./bring-here.ts";
import { AccountFailure } from "./failures.ts";
import { aloneWithNote, keepNote } from "./keep-note.ts";
import { signInByCode } from "./keep-safe.ts";
import { lendVault } from "./lend-vault.ts";
import { bringKeysThere, verifyIsOurs } from "./made-anew.ts";
import { type Note, readNote } from "./note.ts";
import { isNotOpened, keepRoll } from "./roll-here.ts";
import { show, wipe } from "./showing.ts";
import type { Way } from "./way.ts";

/** They are one; or they were one all along, and the recovery code waits to be asked back. */
export type Joined = "joined" | "code-waiting";

/** The diary that the one of this phone would go into, as far as its site says. */
export interface There {
  /** The day since when it is kept safe, of the form 2026-05-14. */
  readonly since: string;
  /** How often something was written or changed in it. */
  readonly changes: number;
}

export interface Joining extends Bringing {
  /** Asks whether that diary is the one that was meant: what goes into it cannot be taken out again. */
  readonly mayJoin: (there: There) => Promise<boolean>;
}

/**
 * Sign in where a diary was begun here: it goes into the vault that is opened, with the same ids and entries. All of it or
 * nothing; then the app is to be loaded anew, in every tab. Both are `left` as they are where it may not. Throws as `bringHere`.
 */
export async function joinHere(way: Way, joining: Joining): Promise<Joined | "left" | typeof NEEDS_CODE> {
  const { diary, calls } = joining;
  await beReadyToMove(diary);
  const opened = await openElsewhere(way, joining);
  if (opened === NEEDS_CODE) return NEEDS_CODE;
  try {
    if (!(await isMeant(opened, joining))) {
      await endSession(calls);
      return "left";
    }
    const joined = await aloneWithNote(diary, () => join(opened, way, joining));
    // Where another phone has kept this very vault safe anew. What does not come about now does with the next proof.
    if (opened.vault.known.space === diary.inside.keys.space) await bringKeysThere(joining).catch(() => undefined);
    diary.announceLeaving();
    return joined;
  } catch (cause) {
    await endSession(calls);
    throw cause;
  } finally {
    wipeVault(opened.vault);
  }
}

/** Throws StoreFailure. */
export async function beReadyToMove(diary: Diary): Promise<void> {
  // A diary whose vault cannot be lent has a door that cannot be made anew: better found out first.
  await lendVault(diary, () => Promise.resolve());
  await diary.settled();
  await diary.whole();
}

/** The very vault that is here is, and nobody is asked. */
async function isMeant({ vault, entries }: Opened, { diary, calls, mayJoin }: Joining): Promise<boolean> {
  const { space } = vault.known;
  if (space === diary.inside.keys.space) return true;
  const [{ created_on: since }, head] = await Promise.all([calls.account(), calls.head(space)]);
  return mayJoin({ since, changes: Math.max(0, head - entries.length) });
}

async function join(opened: Opened, way: Way, bringing: Bringing): Promise<Joined> {
  const { diary } = bringing;
  const { key, known } = opened.vault;
  const { space } = known;
  const before = await readNote(diary);
  // Another tab has signed up meanwhile.
  if (before !== null && before.state !== "signing-up") throw new AccountFailure("another-account");
  if (space === diary.inside.keys.space) return takeUp(opened, diary, way.kind === "passkey" ? before : null);
  if (before?.code && (await giveUpSignUp(before.code, bringing))) await signInAgain(space, way, bringing);
  try {
    // It moves with the rest. Where that does not come about, it is of another space than the diary, and so of none.
    await keepNote(diary, noteOf(opened.vault));
    await moveInto(diary, { sealing, vault: { space, key } });
    return "joined";
  } catch (cause) {
    await keepNote(diary, null).catch(() => undefined);
    throw cause;
  }
}

/**
 * There is nothing to move: it is the very vault that is here. A sign-up of this phone went through unheard, or another phone
 * has signed up anew. A code that opens it, and that nobody was shown, waits on to be asked back.
 */
async function takeUp({ vault, entries, isNew }: Opened, diary: Diary, before: Note | null): Promise<Joined> {
  await verifyIsOurs(diary, vault, isNew);
  const { space } = vault.known;
  const code = before?.code ?? null;
  const isWaiting = code !== null && (await opensBy(code, space, entries));
  await keepRoll(diary, isWaiting ? { ...noteOf(vault), state: "code-waiting", code } : noteOf(vault), vault, entries);
  return isWaiting ? "code-waiting" : "joined";
}

async function opensBy(text: string, space: SpaceId, entries: Opened["entries"]): Promise<boolean> {
  const code = await readRecoveryCode(text);
  try {
    wipeVault(await openFreshRoll({ space, entries, opener: { kind: "code", code } }));
    return true;
  } catch (cause) {
    if (!isNotOpened(cause)) throw cause;
    return false;
  } finally {
    code.fill(0);
  }
}

/**
 * A sign-up of this phone may have gone through unheard, and nothing but its code says so: that account is deleted, unless
 * something was put into it since. Gives whether it was signed in to, which ends the browser's session of before.
 */
export async function giveUpSignUp(code: string, { diary, calls }: Bringing): Promise<boolean> {
  const isThere = await signInByCode(code, calls);
  // The first entry of its roll is all that this phone has sent.
  if (isThere && (await calls.head(diary.inside.keys.space)) === 1) await calls.deleteAccount();
  await keepNote(diary, null);
  return isThere;
}

async function signInAgain(space: SpaceId, way: Way, { calls, host }: Bringing): Promise<void> {
  const opener = await show(way, { calls, host, purpose: "sign-in" });
  if (opener !== null) wipe(opener);
  if (!(await calls.spaces()).includes(space)) throw new AccountFailure("another-account");
}
