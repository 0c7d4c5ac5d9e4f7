/**
 * Lives through histories of one record on several phones, with everything that can go wrong, and
 * keeps a ledger, apart from the merge, of what people typed and what they were shown.
 *
 * Revisions travel as bytes, as they would once sealed; only the sealing is left out.
 */
import { stateOf } from "../../../pwa/client/replica/heads.ts";
import * as ids from "../../../pwa/client/replica/ids.ts";
import { type Entry, entriesOf } from "../../../pwa/client/replica/state.ts";
import { Edits } from "./history-edits.ts";
import type { Met } from "./history-met.ts";
import { type App, FIELDS, type Field, type Ledger, NOTE, newPhone, type Phone } from "./history-phones.ts";
import { Post } from "./history-post.ts";
import { type Act, type Beginning, Chance, type Step } from "./history-steps.ts";

export type Lived = { readonly phones: readonly Phone[]; readonly ledger: Ledger; readonly broken: readonly string[] };

/** Live through one history and then deliver everything to everyone. */
export function live(beginning: Beginning, app: App, met: Met): Lived {
  const world = new World(beginning, app, met);
  beginning.steps.forEach((step, index) => {
    world.take(step, index);
  });
  world.end();
  return { phones: world.phones, ledger: world.ledger, broken: world.post.broken };
}

/** What an act may choose from. */
type Moment = {
  readonly phone: Phone;
  readonly other: Phone;
  readonly which: number;
  readonly field: Field;
  /** What the phone shows of that field. */
  readonly shown: readonly Entry[];
  readonly chance: Chance;
};

const TEN_YEARS = 10 * 365 * 24 * 60 * 60 * 1000;
const BEGIN = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const MOST_PHONES = 6;

class World {
  readonly phones: Phone[];
  readonly ledger: Ledger = { sent: new Map(), typed: new Set(), replacedSeen: new Set(), trashedSeen: new Map() };
  readonly post: Post;
  readonly #app: App;
  readonly #met: Met;
  readonly #chance: Chance;
  readonly #edits: Edits;
  readonly #keys: ids.KeyId[];
  #now = BEGIN;

  constructor(beginning: Beginning, app: App, met: Met) {
    this.#app = app;
    this.#met = met;
    this.post = new Post(app, this.ledger, met);
    this.#chance = new Chance(beginning.steps.length * 7919 + (beginning.steps[0]?.chance ?? 0));
    const place = { space: ids.makeSpaceId(this.#random), record: ids.makeRecordId(this.#random) };
    const { ledger, post } = this;
    this.#edits = new Edits({ app, met, ledger, post, place, random: this.#random, now: () => this.#now });
    const key = ids.makeKeyId(this.#random);
    this.#keys = [key];
    this.phones = beginning.older.map((isOlder) => newPhone(isOlder, key, this.#freshWriter()));
  }

  readonly #random = (count: number) => this.#chance.bytes(count);
  readonly #freshWriter = () => ids.makeWriter(this.#random);

  take({ act, who, which, chance }: Step, index: number): void {
    const phone = this.phones[who % this.phones.length];
    const other = this.phones[which % this.phones.length];
    if (phone === undefined || other === undefined) return;
    this.#now = BEGIN + index * MINUTE;
    const field = fieldOf(phone, which);
    const shown = entriesOf(stateOf(phone.history), field.name);
    this.#acts[act]({ phone, other, which, field, shown, chance: new Chance(chance) });
  }

  readonly #acts: Readonly<Record<Act, (moment: Moment) => void>> = {
    write: ({ phone, field, shown, chance }) => this.#edits.write(phone, field, shown, chance),
    "open-editor": ({ phone, field, shown }) => phone.editors.set(field.name, { shown, hasTextArrived: false }),
    "save-editor": ({ phone, which, chance }) => this.#edits.saveEditor(phone, which, chance),
    "save-cramped": ({ phone, field, shown, chance }) => this.#edits.write(phone, field, shown, chance, chance.below(2)),
    remove: ({ phone, field, shown }) => this.#edits.remove(phone, field, shown),
    delete: ({ phone }) => this.#edits.delete(phone),
    "put-back": ({ phone }) => this.#edits.putBack(phone),
    erase: ({ phone }) => this.#edits.erase(phone),
    deliver: ({ phone, other, chance }) => this.post.deliver(phone, other, chance),
    restart: ({ phone, chance }) => this.#reopen(phone, chance.oneIn(2)),
    clone: ({ phone }) => this.#clone(phone),
    restore: ({ phone, chance }) => this.#restore(phone, chance),
    "set-clock": ({ phone, chance }) => this.#setClock(phone, chance.oneIn(2) ? TEN_YEARS : -TEN_YEARS),
    "install-newer": ({ phone }) => this.#installNewer(phone),
    "turn-key": ({ phone }) => this.#turnKey(phone),
    "fetch-keys": ({ phone }) => this.#fetchKeys(phone),
    "send-rubbish": ({ phone, chance }) => this.#sendRubbish(phone, chance),
    "write-anew": ({ phone }) => this.#edits.writeAnew(phone),
  };

  /** Everyone gets the newest app, every key and every revision. */
  end(): void {
    for (const phone of this.phones) {
      phone.readsNewer = true;
      this.#fetchKeys(phone);
      this.post.deliverAll(phone, this.#chance);
    }
  }

  #sendRubbish(phone: Phone, chance: Chance): void {
    if (phone.history.heads.length === 0) return;
    this.#edits.sendRubbish(phone, chance.oneIn(2) ? (this.#keys[0] ?? phone.writingKey) : ids.makeKeyId(this.#random));
  }

  /** The app opens its database: a fresh writer. Drafts may survive. */
  #reopen(phone: Phone, keepsDrafts: boolean): void {
    phone.writer = this.#freshWriter();
    phone.lastN = 0;
    if (!keepsDrafts) phone.editors.clear();
  }

  #clone(phone: Phone): void {
    if (this.phones.length >= MOST_PHONES) return;
    this.#met.count("cloned profiles");
    const { known, editors, copies } = phone;
    const clone = { ...phone, known: new Map(known), editors: new Map(editors), copies: [...copies] };
    if (!this.#app.keepsWriter) this.#reopen(clone, true);
    this.phones.push(clone);
  }

  #restore(phone: Phone, chance: Chance): void {
    const copy = phone.copies[chance.below(phone.copies.length)];
    if (copy === undefined) return;
    this.#met.count("restored profiles");
    Object.assign(phone, { ...copy, known: new Map(copy.known) });
    if (!this.#app.keepsWriter) this.#reopen(phone, false);
    this.post.openWaiting(phone);
  }

  #setClock(phone: Phone, off: number): void {
    this.#met.count("clocks ten years off");
    phone.clockOff = off;
  }

  #installNewer(phone: Phone): void {
    if (phone.isOlder) return;
    phone.readsNewer = true;
    this.post.openWaiting(phone);
  }

  #turnKey(phone: Phone): void {
    phone.writingKey = ids.makeKeyId(this.#random);
    phone.keys = new Set([...phone.keys, phone.writingKey]);
    this.#keys.push(phone.writingKey);
  }

  #fetchKeys(phone: Phone): void {
    phone.keys = new Set(this.#keys);
    this.post.openWaiting(phone);
  }
}

/** A field this phone's app knows; every other time the same text, so that phones meet in it. */
function fieldOf(phone: Phone, which: number): Field {
  const fields = FIELDS.filter(({ isOld }) => isOld || !phone.isOlder);
  return fields[which % 2 === 0 ? 0 : (which >> 1) % fields.length] ?? NOTE;
}
