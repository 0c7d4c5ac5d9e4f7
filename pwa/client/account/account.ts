/**
 * A person's account, as this phone has it: where their diary stands with the site, and the steps that change that.
 *
 * A step that does not come about leaves things as they were, and may be done again. It throws AccountFailure,
 * StoreFailure, RollRefused, or CodeMistaken for text that is no recovery code.
 */
import { clearPhone } from "../store/clear.ts";
import type { Diary } from "../store/diary.ts";
import type { FreshOpener } from "../vault/open-roll.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { PasskeyToAdd } from "./add-passkey.ts";
import { takeUpAnew } from "./anew.ts";
import { type AskForWords, bringHere, NEEDS_CODE } from "./bring-here.ts";
import { type Calls, makeCalls } from "./calls.ts";
import { learnRoll } from "./change-roll.ts";
import { AccountFailure } from "./failures.ts";
import { type Joining, joinHere } from "./join-here.ts";
import { aloneWithNote, changeNote, keepNote } from "./keep-note.ts";
import { KeepSafe } from "./keep-safe.ts";
import { leaveRoll } from "./leave-roll.ts";
import { bringKeysThere } from "./made-anew.ts";
import { bringIntoForce, dropNewCode, letGoOfNewCode, makeAnotherCode, makeNewCode, newCodeIsOnPaper } from "./new-code.ts";
import { takeNewPlace } from "./new-place.ts";
import { readNote } from "./note.ts";
import { hasPasskeys } from "./passkeys.ts";
import { type Phone, phonesIn } from "./phones.ts";
import { devicePair, isNotOpened, keysHere } from "./roll-here.ts";
import { AccountSeen } from "./seen.ts";
import { showOwn, wipe } from "./showing.ts";
import { signOutPhone } from "./sign-out-phone.ts";
import { namePhone } from "./this-phone.ts";
import type { Way } from "./way.ts";

/** Nobody is kept longer, in ms, for what helps only where it is quick. */
const SOON = 5_000;

export class Account extends AccountSeen {
  readonly #host: string;
  readonly #keepSafe: KeepSafe;
  readonly #passkeyToAdd = new PasskeyToAdd();

  constructor({ diary, calls, host }: { readonly diary: Diary; readonly calls: Calls; readonly host: string }) {
    super({ diary, calls });
    this.#host = host;
    this.#keepSafe = new KeepSafe({ diary, calls, host });
  }

  /** Whether this browser has passkeys at all. */
  get hasPasskeys(): boolean {
    return hasPasskeys();
  }

  async keepSafeWithPasskey(): Promise<void> {
    this.take(await this.#keepSafe.withPasskey());
  }

  async keepSafeWithCode(): Promise<void> {
    this.take(await this.#keepSafe.withCode());
  }

  /** Whether keeping it safe was refused because the site has an account for this very diary. */
  get isTaken(): boolean {
    return this.#keepSafe.isTaken;
  }

  /** The recovery code in its groups, until it was asked back, in any tab: then none, and it stands as it does now. */
  async recoveryCode(): Promise<readonly string[] | null> {
    const note = await readNote(this.parts.diary);
    this.take(note);
    return (note?.state === "code-waiting" && note.code?.split("-")) || null;
  }

  /** The code was asked back: from now on the diary is backed up. */
  async confirmCode(): Promise<void> {
    await aloneWithNote(this.parts.diary, async () => {
      const note = await readNote(this.parts.diary);
      if (note === null) return;
      const kept = { ...note, state: "kept", code: null } as const;
      await keepNote(this.parts.diary, kept);
      this.take(kept);
    });
  }

  /** Bring the diary here, where none was begun. */
  async bringHere(way: Way, askForWords: AskForWords): Promise<"here" | typeof NEEDS_CODE> {
    const note = await bringHere(way, { ...this.parts, host: this.#host, askForWords });
    if (note === NEEDS_CODE) return NEEDS_CODE;
    this.take(note);
    return "here";
  }

  /** Join the diary that was begun here with the one that is kept safe, if it may. Then the app is to be loaded anew. */
  joinHere(way: Way, mayJoin: Joining["mayJoin"]): ReturnType<typeof joinHere> {
    return joinHere(way, { ...this.parts, host: this.#host, mayJoin });
  }

  /** Give the diary that was begun here another place on the site than the one that is taken. Then the app is to be loaded anew. */
  takeNewPlace(): Promise<void> {
    return takeNewPlace({ ...this.parts, host: this.#host });
  }

  /**
   * Show who one is: to sign in again, because the site asks for it, or because the vault turned. Then the backup goes on.
   * Throws AccountFailure `needs-code` where that does not open what has turned.
   */
  async show(way: Way, purpose: "sign-in" | "proof"): Promise<void> {
    await this.#shown(way, purpose, () => Promise.resolve());
  }

  /** The phones that are signed in, this one first; then those that are not, and still have a slot. */
  async phones(): Promise<readonly Phone[]> {
    const slots = learnRoll(this.parts).catch((cause: unknown) => {
      // Without the roll nobody knows whose name is whose.
      if (cause instanceof RollRefused) return [];
      throw cause;
    });
    const { calls, diary } = this.parts;
    return phonesIn(...(await Promise.all([calls.phones(), slots, keysHere(diary), devicePair(diary)])));
  }

  /** Call a phone that is signed in by a name of one's choosing; where that fails with `proof_needed`, show who one is first. */
  async namePhone(phone: Phone, name: string, way: Way | null = null): Promise<void> {
    const work = async (): Promise<void> => this.take(await namePhone(this.parts, phone, name));
    await (way === null ? work() : this.#shown(way, "proof", work));
  }

  /**
   * Show who one is, sign another phone out, and turn the vault: null goes on where that was cut off. What is on that phone
   * stays on it. Where it does not come to its end, `isSigningOut` says so.
   */
  async signOutPhone(phone: Phone | null, way: Way): Promise<void> {
    await this.#shown(way, "proof", (opener) => signOutPhone({ ...this.parts, opener }, phone)).finally(() => this.look());
  }

  /** Show who one is, and make a new recovery code, unless one waits; nothing is sent of it yet. */
  async makeNewCode(way: Way): Promise<void> {
    await this.#shown(way, "proof", async () => this.take(await makeNewCode(this.parts.diary)));
  }

  /** Show who one is, and make another in the place of the new code that waits. */
  async makeAnotherCode(way: Way): Promise<void> {
    await this.#shown(way, "proof", (opener) => makeAnotherCode({ ...this.parts, opener })).finally(() => this.look());
  }

  /** Show who one is, and let go of a new code that is on paper, while the old one surely counts. */
  async letGoOfNewCode(way: Way): Promise<void> {
    await this.#shown(way, "proof", (opener) => letGoOfNewCode({ ...this.parts, opener })).finally(() => this.look());
  }

  /** The new code was asked back. */
  async newCodeIsOnPaper(): Promise<void> {
    this.take(await newCodeIsOnPaper(this.parts.diary));
  }

  /** Let go of a new code that was not asked back. */
  async dropNewCode(): Promise<void> {
    this.take(await dropNewCode(this.parts.diary));
  }

  /** Show who one is, and bring the new code into force. Until that is done the old one is to be kept, too. */
  async bringCodeIntoForce(way: Way): Promise<void> {
    await this.#shown(way, "proof", (opener) => bringIntoForce({ ...this.parts, opener })).finally(() => this.look());
  }

  /** Make a passkey that opens the diary elsewhere, after a fresh proof. Gives whether it does, or signs in only. */
  async addPasskey(): Promise<"opens" | "signs-in"> {
    const what = await this.#passkeyToAdd.add(this.parts, this.#host);
    this.take(await changeNote(this.parts.diary, (note) => ({ ...note, hasPasskey: true })));
    return what;
  }

  /**
   * Take the diary off this phone, and sign it out; its slot goes too, where that can be done. Gives false, and nothing was
   * taken, where something was not sent; a person who was told may lose it.
   */
  async leaveThisPhone({ mayLose }: { readonly mayLose: boolean }): Promise<boolean> {
    const isInStep = this.status.peek().kind === "backed-up";
    const isClear = await this.unbacked(async () => {
      // The slot is left where the site does not answer soon: another phone lists it, and can remove it.
      if (isInStep) await Promise.race([leaveRoll(this.parts).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, SOON))]);
      return clearPhone(this.parts.diary.inside.database, { mayLose });
    });
    if (!isClear) {
      this.take(this.noted);
      return false;
    }
    this.parts.diary.announceLeaving();
    // Without a connection the session stays, which opens nothing here any more; it can be ended from another phone.
    await this.parts.calls.signOutHere().catch(() => undefined);
    return true;
  }

  /** Show who one is, and have the site erase the account with all it keeps. The diary stays on this phone. */
  async takeBack(way: Way): Promise<void> {
    const opener = await showOwn(way, { ...this.parts, host: this.#host, purpose: "proof" });
    if (opener !== null) wipe(opener);
    await this.parts.calls.deleteAccount();
    await this.forget();
  }

  /** Forget an account that the site does not have any more. The diary stays, and can be kept safe anew. */
  async forget(): Promise<void> {
    const id = this.noted?.known.ids[0];
    await this.unbacked(() =>
      aloneWithNote(this.parts.diary, async () => {
        const note = await readNote(this.parts.diary);
        // Another tab may have kept the diary safe anew: that stays.
        const isNew = note !== null && note.known.ids[0] !== id;
        if (!isNew) await keepNote(this.parts.diary, null);
        this.take(isNew ? note : null);
      }),
    );
  }

  /**
   * Show who one is, learn what the roll says by now, and do what needs a fresh proof; then back up, which may take longer
   * than a proof is fresh.
   */
  async #shown(way: Way, purpose: "sign-in" | "proof", work: (opener: FreshOpener | null) => Promise<void>): Promise<void> {
    const opener = await showOwn(way, { ...this.parts, host: this.#host, purpose });
    let backing: Promise<void> | undefined;
    try {
      if (opener !== null && purpose === "sign-in") await takeUpAnew(opener, this.parts);
      await bringKeysThere({ ...this.parts, opener }).catch((cause: unknown) => {
        if (isNotOpened(cause) && way.kind === "passkey") throw new AccountFailure("needs-code", { cause });
        // What does not hold the backup tells, or mends.
        if (!(cause instanceof RollRefused)) throw cause;
      });
      await work(opener);
    } finally {
      if (opener !== null) wipe(opener);
      void this.introduce();
      backing = this.backUpNow();
    }
    await backing;
  }
}

/** Put it together for this browser. */
export function makeAccount(diary: Diary): Account {
  const calls = makeCalls((address, init) => fetch(address, init));
  return new Account({ diary, calls, host: location.hostname });
}
