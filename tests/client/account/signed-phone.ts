/** Phones that are signed in to the account of a site, by a code: the app is open on them, and their engine runs. */
import assert from "node:assert/strict";
import { takeUpAnew } from "../../../pwa/client/account/anew.ts";
import { keysOf } from "../../../pwa/client/account/backing.ts";
import { bringHere } from "../../../pwa/client/account/bring-here.ts";
import type { Calls } from "../../../pwa/client/account/calls.ts";
import { aloneWithNote, keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { show } from "../../../pwa/client/account/showing.ts";
import { introduce } from "../../../pwa/client/account/this-phone.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { parseHeader } from "../../../pwa/client/replica/header.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { startSync } from "../../../pwa/client/sync/engine.ts";
import type { Sync } from "../../../pwa/client/sync/status.ts";
import type { CodeOpener } from "../../../pwa/client/vault/key-slot.ts";
import { Phone } from "../store/phone.ts";
import { type Context, TestWorld } from "../sync/devices.ts";
import { Browser, Site } from "./site.ts";

/** Where the browser keeps the key, nobody is asked for words. */
export const neverAsked = (): Promise<string> => Promise.reject(new Error("This phone keeps its key."));
/** Whoever is asked whether the diary that is opened is the one that was meant. */
export const saysYes = (): Promise<boolean> => Promise.resolve(true);
const HOST = "cairn.example";

/** A phone with the app open, whose diary is kept safe. */
export class Signed {
  readonly phone: Phone;
  readonly browser: Browser;
  diary: Diary;
  sync: Sync;
  readonly #context: Context;

  constructor(context: Context, phone: Phone, browser: Browser, diary: Diary) {
    this.#context = context;
    this.phone = phone;
    this.browser = browser;
    this.diary = diary;
    this.sync = this.#start();
  }

  /** Keep a new diary safe; gives the code too. */
  static async up(context: Context, site = new Site(), phone = new Phone(context)): Promise<{ site: Site; one: Signed; code: string }> {
    const diary = await phone.begin();
    const browser = new Browser(site);
    const note = await new KeepSafe({ diary, calls: browser.calls, host: HOST }).withCode();
    const code = note.code ?? assert.fail("There is no code.");
    await aloneWithNote(diary, () => keepNote(diary, { ...note, state: "kept", code: null }));
    const one = new Signed(context, phone, browser, diary);
    await one.introduces();
    return { site, one, code };
  }

  /** Bring the diary to another phone. */
  static async in(context: Context, site: Site, code: string, { isKnown = true } = {}): Promise<Signed> {
    const phone = new Phone(context);
    const diary = await phone.open();
    const browser = new Browser(site);
    const note = await bringHere({ kind: "code", text: code }, { diary, calls: browser.calls, host: HOST, askForWords: neverAsked });
    assert.ok(note !== "needs-code");
    const signed = new Signed(context, phone, browser, diary);
    if (isKnown) await signed.introduces();
    return signed;
  }

  get changing(): { diary: Diary; calls: Calls } {
    return { diary: this.diary, calls: this.browser.calls };
  }

  async introduces(): Promise<void> {
    await introduce(this.changing, "A browser");
  }

  /** Show the code to prove it once more; gives what that opens. */
  async proves(code: string): Promise<CodeOpener> {
    const opener = await show({ kind: "code", text: code }, { calls: this.browser.calls, host: HOST, purpose: "proof" });
    assert.ok(opener?.kind === "code");
    return opener;
  }

  /** Show the code to sign in again, as the app asks for it. */
  async signsInAgain(code: string, calls: Calls = this.browser.calls): Promise<void> {
    const { diary } = this;
    const opener = await show({ kind: "code", text: code }, { calls, host: HOST, purpose: "sign-in" });
    await takeUpAnew(opener ?? assert.fail(), { diary, calls });
    await introduce({ diary, calls }, "A browser");
  }

  async writes(note: string): Promise<void> {
    await this.diary.create(checkIn, { note });
  }

  /** All notes that are shown, after a round. */
  async shows(): Promise<readonly string[]> {
    await this.sync.now();
    return this.notes;
  }

  get notes(): readonly string[] {
    return this.diary
      .all(checkIn)
      .value.flatMap((kept) => kept.texts("note").map(({ text }) => text))
      .sort();
  }

  /** Close the app and open it again, with no request. */
  async reopens(): Promise<void> {
    await this.sync.stop();
    this.phone.close(this.diary);
    this.diary = await this.phone.open();
    assert.equal(this.diary.phase.value, "open");
    await this.diary.whole();
    this.sync = this.#start();
  }

  async note() {
    return (await readNote(this.diary)) ?? assert.fail("There is no note.");
  }

  /** The vault keys that what this phone wrote was sealed under, in order. */
  async keysUsed(): Promise<readonly string[]> {
    const { revisions } = await this.phone.rows();
    return revisions.map(([, row]) => parseHeader((row as { header: Uint8Array<ArrayBuffer> }).header).keyId);
  }

  #start(): Sync {
    const world = new TestWorld(this.phone.name, (address, init) => this.browser.fetch(address, init));
    world.isInFront = false;
    const sync = startSync({ diary: this.diary, keys: keysOf(this.diary), world });
    this.#context.after(() => void sync.stop());
    return sync;
  }
}
