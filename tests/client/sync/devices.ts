/** Phones that share one vault over a server, each with a world of its own. */
import assert from "node:assert/strict";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import { makeRecordId, type RevisionId } from "../../../pwa/client/replica/ids.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import type { RollRow } from "../../../pwa/client/store/sync-rows.ts";
import { startSync } from "../../../pwa/client/sync/engine.ts";
import type { Sync } from "../../../pwa/client/sync/status.ts";
import type { Moment, World } from "../../../pwa/client/sync/world.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { Phone, type PhoneOptions, remembered } from "../store/phone.ts";
import { makeVault, type TestVault } from "../vault/vault-of-tests.ts";
import { MemoryServer, sha256 } from "./memory-server.ts";

export type Context = { after(done: () => void): void };
export type Fetch = World["fetch"];

/** Time that waits to be told, and a network that may be cut. */
export class TestWorld implements World {
  readonly timers = new Set<{ readonly milliseconds: number; readonly work: () => void }>();
  readonly #tells = new Set<(moment: Moment) => void>();
  readonly #name: string;
  fetch: Fetch;
  clock = Date.UTC(2026, 4, 14, 9);
  isInFront = true;
  asksToBeWoken = 0;

  constructor(name: string, fetch: Fetch) {
    this.#name = name;
    this.fetch = fetch;
  }

  now = (): number => this.clock;
  chance = (): number => 0.5;
  isVisible = (): boolean => this.isInFront;

  after(milliseconds: number, work: () => void): () => void {
    const timer = { milliseconds, work };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  follow(tell: (moment: Moment) => void): () => void {
    this.#tells.add(tell);
    return () => this.#tells.delete(tell);
  }

  alone<T>(name: string, work: () => Promise<T>, over?: AbortSignal): Promise<T> {
    const options = over === undefined ? {} : { signal: over };
    return navigator.locks.request(`${this.#name}/${name}`, options, () => work()) as Promise<T>;
  }

  askToBeWoken(): void {
    this.asksToBeWoken += 1;
  }

  /** Let one of the browser's moments come. */
  tell(moment: Moment): void {
    if (moment === "hidden" || moment === "visible") this.isInFront = moment === "visible";
    for (const tell of this.#tells) tell(moment);
  }
}

export interface Device {
  readonly phone: Phone;
  readonly diary: Diary;
  readonly world: TestWorld;
  readonly sync: Sync;
  /** What the keys' keeper was given, and what it says to it. */
  readonly roll: { given: readonly RollRow[]; says: "taken" | "refused" | "turned" | Error; answer?: () => Promise<"taken"> };
}

/** A vault on its server: the account was made, and the first entry of its roll stands there. */
export class Home {
  readonly vault: TestVault;
  readonly server: MemoryServer;
  readonly #context: Context;

  constructor(context: Context, vault: TestVault) {
    this.#context = context;
    this.vault = vault;
    this.server = new MemoryServer(vault.space);
    this.addRollEntry();
  }

  static async make(context: Context): Promise<Home> {
    return new Home(context, await makeVault());
  }

  /** A new entry on top of the roll, as some phone makes one. */
  addRollEntry(by = "this phone"): void {
    const { space, key } = this.vault;
    const last = this.server.rows.findLast((row) => row.isRoll);
    const parents = last === undefined ? [] : [last.id as RevisionId];
    const record = last === undefined ? makeRecordId(randomBytes) : (last.record as ReturnType<typeof makeRecordId>);
    const header = Buffer.from(encodeHeader({ format: 1, kind: "roll", owner: "vault", space, record, keyId: key.id, parents }));
    const blob = Buffer.from(JSON.stringify({ signing: [], by }));
    const id = sha256(header, sha256(blob)).toString("base64url");
    const signature = Buffer.alloc(64, 7).toString("base64url");
    this.server.take({ id, header: header.toString("base64url"), blob: blob.toString("base64url"), signature });
  }

  /** A phone on which the diary is begun in this vault, and not synced yet. */
  async phone(options: PhoneOptions = {}): Promise<Phone> {
    const phone = new Phone(this.#context, options);
    const diary = await phone.begin({ vault: this.vault });
    await diary.whole();
    phone.close(diary);
    return phone;
  }

  /** A tab of a phone, with the engine started. */
  async start(
    phone: Phone,
    fetch: Fetch = (address, init) => this.server.fetch(address, init),
    where: "in front" | "hidden" = "in front",
  ): Promise<Device> {
    const diary = await phone.open();
    await diary.whole();
    const world = new TestWorld(phone.name, fetch);
    world.isInFront = where === "in front";
    const roll: Device["roll"] = { given: [], says: "taken" };
    const keys = {
      takeRoll: async (given: readonly RollRow[]) => {
        roll.given = given;
        if (roll.says instanceof Error) throw roll.says;
        if (roll.answer !== undefined) return roll.answer();
        return roll.says;
      },
    };
    const sync = startSync({ diary, keys, world });
    this.#context.after(() => void sync.stop());
    return { phone, diary, world, sync, roll };
  }

  /** A new phone with the engine started and at rest. */
  async device(fetch?: Fetch): Promise<Device> {
    const device = await this.start(await this.phone(), fetch);
    await device.sync.now();
    return device;
  }
}

/** Sync them all until nothing is new to any: twice, as what the last sends the first fetches then. */
export async function syncAll(...devices: readonly Device[]): Promise<void> {
  for (const device of [...devices, ...devices]) await device.sync.now();
}

/** They show the same, and all of it is on the server. */
export function assertSame(...devices: readonly Device[]): void {
  assertSaid(remembered, ...devices);
}

/** The same, but for which revisions it comes from: of a server that was emptied after it had let content go, nobody can tell. */
export function assertSameStates(...devices: readonly Device[]): void {
  const states = (diary: Diary): unknown =>
    Object.entries(remembered(diary)).map(([id, said]) => {
      const [type, , state] = JSON.parse(said) as readonly [string, unknown, string];
      return [id, type, state];
    });
  assertSaid(states, ...devices);
}

function assertSaid(what: (diary: Diary) => unknown, ...devices: readonly Device[]): void {
  const [first, ...others] = devices.map(({ diary }) => what(diary));
  for (const other of others) assert.deepEqual(other, first);
  for (const { sync } of devices) assert.deepEqual(sync.status.value, { kind: "backed-up" });
}

/** The generations of which this phone told that the server showed two pasts. */
export async function forksToldOn({ phone }: Pick<Device, "phone">): Promise<readonly string[]> {
  const [, state] = (await phone.rows()).sync[0] ?? [];
  return (state as { readonly forks: readonly string[] }).forks;
}

export function notes(diary: Diary): readonly string[] {
  return diary
    .all(checkIn)
    .value.flatMap((kept) => kept.texts("note").map(({ text }) => text))
    .sort();
}

/** Change the note of a record as it is shown. */
export async function change(diary: Diary, id: ReturnType<Diary["newId"]>, note: string): Promise<void> {
  const kept = diary.one(checkIn, id);
  assert.ok(kept, "the record is here");
  await diary.change(checkIn, kept, { note });
}
