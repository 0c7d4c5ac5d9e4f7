/**
 * Lives through histories of one record on several phones, with everything that can go wrong, and
 * keeps a ledger, apart from the merge, of what people typed and what they were shown.
 *
 * Revisions travel as bytes, as they would once sealed; only the sealing is left out.
 */
import { encodeBody, parseBody } from "../../../pwa/client/replica/body.ts";
import type { Change } from "../../../pwa/client/replica/edit.ts";
import { encodeHeader, FORMAT, type Header } from "../../../pwa/client/replica/header.ts";
import { needsWritingAnew, stateOf } from "../../../pwa/client/replica/heads.ts";
import * as ids from "../../../pwa/client/replica/ids.ts";
import { LARGEST_REVISION } from "../../../pwa/client/replica/limits.ts";
import { shownTexts } from "../../../pwa/client/replica/shown.ts";
import { type Entry, entriesOf, isErased, type State } from "../../../pwa/client/replica/state.ts";
import { putBackChange, TRASH, trashChange } from "../../../pwa/client/replica/trash.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";
import type { Met } from "./history-met.ts";
import { type App, entryKey, FIELDS, type Field, type Ledger, NOTE, newPhone, type Phone } from "./history-phones.ts";
import { Post, parseAnyFormat } from "./history-post.ts";
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
const MOST_COPIES = 6;
const USUAL_TEXT = "Tired";

class World {
  readonly phones: Phone[];
  readonly ledger: Ledger = { sent: new Map(), typed: new Set(), replacedSeen: new Set(), trashedSeen: new Map() };
  readonly post: Post;
  readonly #app: App;
  readonly #met: Met;
  readonly #chance: Chance;
  readonly #place: Pick<Header, "space" | "record">;
  readonly #keys: ids.KeyId[];
  #now = BEGIN;
  #values = 0;

  constructor(beginning: Beginning, app: App, met: Met) {
    this.#app = app;
    this.#met = met;
    this.post = new Post(app, this.ledger, met);
    this.#chance = new Chance(beginning.steps.length * 7919 + (beginning.steps[0]?.chance ?? 0));
    this.#place = { space: ids.makeSpaceId(this.#random), record: ids.makeRecordId(this.#random) };
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
    write: ({ phone, field, shown, chance }) => this.#write(phone, field, shown, chance),
    "open-editor": ({ phone, field, shown }) => phone.editors.set(field.name, { shown, hasTextArrived: false }),
    "save-editor": ({ phone, which, chance }) => this.#saveEditor(phone, which, chance),
    "save-cramped": ({ phone, field, shown, chance }) => this.#write(phone, field, shown, chance, chance.below(2)),
    remove: ({ phone, field, shown }) => this.#remove(phone, field, shown),
    delete: ({ phone }) => this.#delete(phone),
    "put-back": ({ phone }) => this.#putBack(phone),
    erase: ({ phone }) => this.#erase(phone),
    deliver: ({ phone, other, chance }) => this.post.deliver(phone, other, chance),
    restart: ({ phone, chance }) => this.#reopen(phone, chance.oneIn(2)),
    clone: ({ phone }) => this.#clone(phone),
    restore: ({ phone, chance }) => this.#restore(phone, chance),
    "set-clock": ({ phone, chance }) => this.#setClock(phone, chance.oneIn(2) ? TEN_YEARS : -TEN_YEARS),
    "install-newer": ({ phone }) => this.#installNewer(phone),
    "turn-key": ({ phone }) => this.#turnKey(phone),
    "fetch-keys": ({ phone }) => this.#fetchKeys(phone),
    "send-rubbish": ({ phone, chance }) => this.#sendRubbish(phone, chance),
    "write-anew": ({ phone }) => this.#writeAnew(phone),
  };

  /** Everyone gets the newest app, every key and every revision. */
  end(): void {
    for (const phone of this.phones) {
      phone.readsNewer = true;
      this.#fetchKeys(phone);
      this.post.deliverAll(phone, this.#chance);
    }
  }

  #write(phone: Phone, field: Field, shown: readonly Entry[], chance: Chance, mostParents?: number): void {
    if (field.holds === "element") this.#met.count("set elements");
    this.#edit(phone, [{ field: field.name, value: this.#valueFor(field, chance), shown }], shown, mostParents);
  }

  #saveEditor(phone: Phone, which: number, chance: Chance): void {
    const [name, editor] = [...phone.editors][which % Math.max(phone.editors.size, 1)] ?? [];
    const field = FIELDS.find((one) => one.name === name);
    if (editor === undefined || field === undefined) return;
    phone.editors.delete(field.name);
    const now = new Set(entriesOf(stateOf(phone.history), field.name).map(entryKey));
    if (editor.shown.some((entry) => !now.has(entryKey(entry)))) this.#met.count("stale editors");
    if (editor.hasTextArrived && field.holds === "text") this.#met.count("texts arriving while typing");
    this.#write(phone, field, editor.shown, chance);
  }

  #remove(phone: Phone, field: Field, shown: readonly Entry[]): void {
    if (shown.length === 0) return;
    this.#met.count("removals");
    this.#edit(phone, [{ field: field.name, value: undefined, shown }], shown);
  }

  #delete(phone: Phone): void {
    const state = stateOf(phone.history);
    if (state.entries.length === 0 || this.#app.isInTrash(state)) return;
    this.#met.count("deletes");
    const added = this.#edit(phone, [trashChange(state)], entriesOf(state, TRASH));
    for (const entry of added) this.ledger.trashedSeen.set(entryKey(entry), new Set(state.entries.map(entryKey)));
  }

  #putBack(phone: Phone): void {
    const state = stateOf(phone.history);
    if (!this.#app.isInTrash(state)) return;
    this.#met.count("put back");
    this.#edit(phone, [putBackChange(state)], entriesOf(state, TRASH));
  }

  #erase(phone: Phone): void {
    const state = stateOf(phone.history);
    if (isErased(state) || !this.#app.isInTrash(state)) return;
    this.#met.count("erasures");
    const erased = this.#app.erase(phone.history.heads);
    this.#send(phone, erased.state, erased.parents);
  }

  #writeAnew(phone: Phone): void {
    if (!needsWritingAnew(phone.history) || isErased(stateOf(phone.history))) return;
    this.#met.count("written anew");
    this.#edit(phone, [], []);
  }

  /** Make an edit on a phone and send it; gives the entries it added. */
  #edit(phone: Phone, changes: readonly Change[], shown: readonly Entry[], mostParents?: number): readonly Entry[] {
    this.#countEdit(phone, stateOf(phone.history));
    const { heads } = phone.history;
    const isCramped = (parents: readonly unknown[]) => mostParents !== undefined && parents.length > mostParents;
    const edited = this.#app.edit(phone, {
      heads,
      writer: phone.writer,
      lastN: phone.lastN,
      now: this.#now + phone.clockOff,
      changes,
      freshWriter: this.#freshWriter,
      sizeOf: ({ parents }) => (isCramped(parents) ? LARGEST_REVISION + 1 : 0),
    });
    if (edited.parents.length < heads.length) this.#met.count("heads left out of a join");
    if (edited.writer !== phone.writer) this.#met.count("fresh writers within one opening");
    phone.writer = edited.writer;
    phone.lastN = edited.n;
    const added = edited.state.entries.filter(({ writer, n }) => writer === edited.writer && n === edited.n);
    for (const entry of added) this.ledger.typed.add(entryKey(entry));
    for (const entry of shown) this.ledger.replacedSeen.add(entryKey(entry));
    this.#send(phone, edited.state, edited.parents);
    keepCopy(phone);
    return added;
  }

  #countEdit(phone: Phone, state: State): void {
    this.#met.count("edits");
    for (const { name, holds } of FIELDS) {
      if (holds === "text" && shownTexts(state, name).length > 1) this.#met.count("concurrent texts");
    }
    if (phone.history.waiting.length > 0) this.#met.count("edits beside a waiting head");
    const unknown = FIELDS.filter(({ isOld }) => !isOld).map(({ name }) => name);
    if (phone.isOlder && state.entries.some(({ field }) => unknown.includes(field))) {
      this.#met.count("older app carries unknown fields");
    }
    const hasTrash = entriesOf(state, TRASH).length > 0;
    if (hasTrash && !this.#app.isInTrash(state)) this.#met.count("edits beside a delete that did not know all");
  }

  #send(phone: Phone, state: State, parents: readonly ids.RevisionId[]): void {
    const header = encodeHeader(this.#header(parents, phone.writingKey));
    if (phone.readsNewer) header[0] = FORMAT + 1;
    const says = { parents: parseAnyFormat(header).parents, body: parseBody(encodeBody("check-in", state)) };
    this.post.send(phone, { id: this.#newId(), header, says });
  }

  /** Somebody without the key, or with a broken app, names every head in order to hide them. */
  #sendRubbish(phone: Phone, chance: Chance): void {
    const parents = phone.history.heads.map(({ id }) => id);
    if (parents.length === 0) return;
    const keyId = chance.oneIn(2) ? (this.#keys[0] ?? phone.writingKey) : ids.makeKeyId(this.#random);
    const header = encodeHeader(this.#header(parents, keyId));
    this.post.send(phone, { id: this.#newId(), header, says: { parents, body: null } });
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

  #valueFor({ holds, name }: Field, chance: Chance): Value {
    const fresh = ++this.#values;
    if (holds === "element") return true;
    if (holds === "number") return chance.oneIn(4) ? [fresh, { of: name }] : fresh;
    return chance.oneIn(8) ? USUAL_TEXT : `words ${fresh}`;
  }

  #header(parents: readonly ids.RevisionId[], keyId: ids.KeyId): Header {
    return { format: FORMAT, kind: "edit", owner: "vault", ...this.#place, keyId, parents };
  }

  #newId(): ids.RevisionId {
    return ids.parseRevisionId(ids.toBase64url(this.#chance.bytes(ids.BYTES.revision)));
  }
}

/** A field this phone's app knows; every other time the same text, so that phones meet in it. */
function fieldOf(phone: Phone, which: number): Field {
  const fields = FIELDS.filter(({ isOld }) => isOld || !phone.isOlder);
  return fields[which % 2 === 0 ? 0 : (which >> 1) % fields.length] ?? NOTE;
}

function keepCopy(phone: Phone): void {
  const { known, history, writer, lastN } = phone;
  phone.copies.push({ known: new Map(known), history, writer, lastN });
  if (phone.copies.length > MOST_COPIES) phone.copies.shift();
}
