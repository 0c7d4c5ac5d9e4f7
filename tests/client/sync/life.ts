/** A life of some phones and a server, one step after another, and a ledger of what was typed and what was shown. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import type { SyncState } from "../../../pwa/client/store/sync-rows.ts";
import { FAULTS, plan } from "../store/faults.ts";
import { everyText, logged, remembered } from "../store/phone.ts";
import { assertSameStates, type Context, type Device, forksToldOn, Home, notes } from "./devices.ts";

export const KINDS = [
  "written",
  "changed",
  "deleted",
  "synced",
  "cut before the server took it",
  "cut after the server took it",
  "the database failed",
  "closed and opened",
  "a phone joined",
  "another server in the middle of a first sync",
  "content let go",
  "put back to an earlier day",
  "emptied",
  "the rest came in another order",
  "each request came twice",
  "an earlier answer came in the place of a later one",
  "an entry of the roll was kept back",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Step {
  readonly kind: Kind;
  readonly which: number;
  readonly at: number;
}

const often: Partial<Record<Kind, number>> = {
  written: 4,
  changed: 6,
  synced: 6,
  deleted: 2,
  emptied: 1,
  "the rest came in another order": 6,
  "an earlier answer came in the place of a later one": 4,
};
export const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...KINDS.map((kind) => ({ weight: often[kind] ?? 2, arbitrary: fc.constant(kind) }))),
  which: fc.nat(30),
  at: fc.nat(40),
});

const MOST_PHONES = 3;
const cut = (): Promise<Response> => Promise.reject(new TypeError("cut"));

export class Life {
  readonly #home: Home;
  readonly #met: Map<Kind, number>;
  readonly #devices: Device[] = [];
  readonly #backups: (() => void)[] = [];
  /** What was typed and on which phone; those that somebody who was shown them replaced or deleted. */
  readonly #typed = new Map<string, Device["phone"]>();
  readonly #over = new Set<string>();
  #made = 0;
  #clock = Date.UTC(2026, 4, 14, 9);

  private constructor(home: Home, met: Map<Kind, number>) {
    this.#home = home;
    this.#met = met;
  }

  static async begin(context: Context, met: Map<Kind, number>): Promise<Life> {
    const home = await Home.make(context);
    home.server.mostRows = 3;
    const life = new Life(home, met);
    await life.#join();
    await life.#join();
    return life;
  }

  async live({ kind, which, at }: Step): Promise<void> {
    const device = this.#devices[which % this.#devices.length];
    assert.ok(device);
    this.#clock += 1_000;
    device.phone.clock = this.#clock + which * 60_000;
    if (await this.#do(kind, device, at)) this.#met.set(kind, (this.#met.get(kind) ?? 0) + 1);
  }

  /** At the end the line is good: everybody shows the same, and all that nobody took back. */
  async check(): Promise<void> {
    const { server } = this.#home;
    for (const { world } of this.#devices) world.fetch = (address, init) => server.fetch(address, init);
    for (let turn = 0; turn < 3; turn++) for (const { sync } of this.#devices) await sync.now();
    assertSameStates(...this.#devices);
    assert.equal(new Set(server.rows.map(({ id }) => id)).size, server.rows.length, "nothing is there twice");
    for (const { diary, phone } of this.#devices) {
      assert.deepEqual(await forksToldOn({ phone }), [], "an honest server looks like two");
      assert.deepEqual(await logged(diary), remembered(diary), "memory says what the log says");
      const shown = notes(diary);
      assert.equal(new Set(shown).size, shown.length, "nothing is shown twice");
      const kept = await everyText(diary);
      for (const [text, by] of this.#typed) {
        assert.ok(shown.includes(text) || this.#over.has(text), `"${text}" is shown nowhere`);
        assert.ok(by !== phone || kept.has(text), `"${text}" is no more where it was typed`);
      }
      const again = await phone.open();
      await again.whole();
      assert.deepEqual(remembered(again), remembered(diary), "opened anew it says something else");
      phone.close(again);
    }
  }

  async #do(kind: Kind, device: Device, at: number): Promise<boolean> {
    const { diary, sync, world, phone } = device;
    const { server } = this.#home;
    const all = diary.all(checkIn).value;
    const kept = all[at % Math.max(1, all.length)];
    switch (kind) {
      case "written":
        await diary.create(checkIn, { note: this.#text(phone) });
        return true;
      case "changed":
        if (kept === undefined) return false;
        for (const { text } of kept.texts("note")) this.#over.add(text);
        await diary.change(checkIn, kept, { note: this.#text(phone) });
        return true;
      case "deleted":
        if (kept === undefined) return false;
        for (const { text } of kept.texts("note")) this.#over.add(text);
        await diary.trash(checkIn, kept as never);
        return true;
      case "synced":
        this.#backups.push(server.backup());
        await this.#online(device, () => sync.now());
        return true;
      case "cut before the server took it":
      case "cut after the server took it": {
        let left = 1 + (at % 4);
        world.fetch = async (address, init) => {
          left--;
          if (left < 0 || (left === 0 && kind === "cut before the server took it")) return cut();
          const answer = await server.fetch(address, init);
          return left === 0 ? cut() : answer;
        };
        await sync.now();
        world.fetch = cut;
        return left <= 0;
      }
      case "the database failed": {
        const planned = plan({ fault: FAULTS[at % FAULTS.length] ?? "full", at: 1 + at });
        await this.#online(device, () => sync.now()).finally(() => planned.end());
        return planned.isMet;
      }
      case "closed and opened":
        if (at % 2 === 0) await diary.rest();
        await sync.stop();
        phone.close(diary);
        this.#devices[this.#devices.indexOf(device)] = await this.#opened(device);
        return true;
      case "a phone joined":
        if (this.#devices.length === MOST_PHONES) return false;
        await this.#join();
        return true;
      case "another server in the middle of a first sync":
        if (this.#devices.length === MOST_PHONES) return false;
        return this.#joinWhile(at);
      case "content let go":
        server.prune();
        return true;
      case "put back to an earlier day": {
        const putBack = this.#backups[at % Math.max(1, this.#backups.length)];
        putBack?.();
        return putBack !== undefined;
      }
      case "emptied":
        server.empty();
        return true;
      case "the rest came in another order":
        // Another server, that stored children before their parents.
        return this.#reorder(at);
      case "each request came twice":
        world.fetch = async (address, init) => {
          await server.fetch(address, init);
          return server.fetch(address, init);
        };
        await sync.now();
        world.fetch = cut;
        return true;
      case "an earlier answer came in the place of a later one":
        return this.#mixUp(device, at);
      case "an entry of the roll was kept back":
        return this.#keepBack(device);
    }
  }

  /** A line on which the answer to an earlier question comes once more. */
  async #mixUp({ sync, world }: Device, at: number): Promise<boolean> {
    const { server } = this.#home;
    const before: Response[] = [];
    let isMixed = false;
    world.fetch = async (address, init) => {
      const answer = await server.fetch(address, init);
      if (!address.includes("/revisions?")) return answer;
      const earlier = before[at % 3];
      before.unshift(answer.clone());
      if (earlier === undefined || isMixed) return answer;
      isMixed = true;
      return earlier;
    };
    await sync.now();
    world.fetch = cut;
    return isMixed;
  }

  /** A phone is shown an entry of the roll that it is not given: nothing that it wrote comes to the server then. */
  async #keepBack(device: Device): Promise<boolean> {
    const { server } = this.#home;
    this.#home.addRollEntry(`life ${++this.#made}`);
    const hidden = server.rows.at(-1)?.id;
    // Some phone made it, and has it whole whatever the server lets go of.
    const maker = this.#devices.find((each) => each !== device);
    if (maker !== undefined) await this.#online(maker, () => maker.sync.now());
    server.lie = (path, answer) => {
      const rows = answer.revisions as readonly { readonly id: string }[] | undefined;
      return path.startsWith("roll") ? { ...answer, revisions: rows?.filter(({ id }) => id !== hidden) } : answer;
    };
    await this.#online(device, () => device.sync.now());
    const { length } = server.rows;
    const state = (await device.phone.rows()).sync[0]?.[1] as SyncState | undefined;
    const isShown = state?.unread?.some((id) => id === hidden) ?? false;
    await device.diary.create(checkIn, { note: this.#text(device.phone) });
    await this.#online(device, () => device.sync.now());
    if (isShown) assert.equal(server.rows.length, length, "nothing is sent before the entry is read");
    server.lie = (_path, answer) => answer;
    return isShown;
  }

  #reorder(at: number): boolean {
    const { server } = this.#home;
    const [rows, roll] = [server.rows.filter((row) => !row.isRoll), server.rows.filter((row) => row.isRoll)];
    if (rows.length < 2 || rows.some(({ blob }) => blob === null)) return false;
    server.empty();
    for (const row of [
      ...roll,
      ...(at % 2 === 0 ? rows.reverse() : [...rows.slice(at % rows.length), ...rows.slice(0, at % rows.length)]),
    ]) {
      const { id, header, blob, signature } = row;
      server.take({ id, header, blob: blob ?? "", ...(signature === undefined ? {} : { signature }) });
    }
    return true;
  }

  async #join(): Promise<void> {
    const device = await this.#home.device();
    device.world.fetch = cut;
    this.#devices.push(device);
  }

  /** A phone joins, and after some requests there is another server in the place of the one it began with. */
  async #joinWhile(at: number): Promise<boolean> {
    const { server } = this.#home;
    const putBack = this.#backups[at % Math.max(1, this.#backups.length)];
    let left = 2 + (at % 6);
    const device = await this.#home.device((address, init) => {
      left -= 1;
      if (left === 0) at % 2 === 0 || putBack === undefined ? server.empty() : putBack();
      return server.fetch(address, init);
    });
    device.world.fetch = cut;
    this.#devices.push(device);
    return left <= 0;
  }

  async #opened({ phone }: Device): Promise<Device> {
    const device = await this.#home.start(phone, cut);
    await device.sync.now();
    return device;
  }

  async #online(device: Device, work: () => Promise<void>): Promise<void> {
    device.world.fetch = (address, init) => this.#home.server.fetch(address, init);
    await work();
    device.world.fetch = cut;
  }

  #text(phone: Device["phone"]): string {
    const text = `text ${++this.#made}`;
    this.#typed.set(text, phone);
    return text;
  }
}
