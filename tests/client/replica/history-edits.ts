/** What people do to the record of a history, each on a phone: every edit goes into the ledger, and to the post. */
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
import { type App, entryKey, FIELDS, type Field, type Ledger, type Phone } from "./history-phones.ts";
import { type Post, parseAnyFormat } from "./history-post.ts";
import type { Chance } from "./history-steps.ts";

/** What edits are made with, and what they leave a trace in. */
export type Ground = {
  readonly app: App;
  readonly met: Met;
  readonly ledger: Ledger;
  readonly post: Post;
  readonly place: Pick<Header, "space" | "record">;
  readonly random: ids.RandomBytes;
  readonly now: () => number;
};

const MOST_COPIES = 6;
const USUAL_TEXT = "Tired";

export class Edits {
  readonly #on: Ground;
  #values = 0;

  constructor(ground: Ground) {
    this.#on = ground;
  }

  write(phone: Phone, field: Field, shown: readonly Entry[], chance: Chance, mostParents?: number): void {
    if (field.holds === "element") this.#on.met.count("set elements");
    this.#edit(phone, [{ field: field.name, value: this.#valueFor(field, chance), shown }], shown, mostParents);
  }

  saveEditor(phone: Phone, which: number, chance: Chance): void {
    const [name, editor] = [...phone.editors][which % Math.max(phone.editors.size, 1)] ?? [];
    const field = FIELDS.find((one) => one.name === name);
    if (editor === undefined || field === undefined) return;
    phone.editors.delete(field.name);
    const now = new Set(entriesOf(stateOf(phone.history), field.name).map(entryKey));
    if (editor.shown.some((entry) => !now.has(entryKey(entry)))) this.#on.met.count("stale editors");
    if (editor.hasTextArrived && field.holds === "text") this.#on.met.count("texts arriving while typing");
    this.write(phone, field, editor.shown, chance);
  }

  remove(phone: Phone, field: Field, shown: readonly Entry[]): void {
    if (shown.length === 0) return;
    this.#on.met.count("removals");
    this.#edit(phone, [{ field: field.name, value: undefined, shown }], shown);
  }

  delete(phone: Phone): void {
    const state = stateOf(phone.history);
    if (state.entries.length === 0 || this.#on.app.isInTrash(state)) return;
    this.#on.met.count("deletes");
    const added = this.#edit(phone, [trashChange(state)], entriesOf(state, TRASH));
    for (const entry of added) this.#on.ledger.trashedSeen.set(entryKey(entry), new Set(state.entries.map(entryKey)));
  }

  putBack(phone: Phone): void {
    const state = stateOf(phone.history);
    if (!this.#on.app.isInTrash(state)) return;
    this.#on.met.count("put back");
    this.#edit(phone, [putBackChange(state)], entriesOf(state, TRASH));
  }

  erase(phone: Phone): void {
    const state = stateOf(phone.history);
    if (isErased(state) || !this.#on.app.isInTrash(state)) return;
    this.#on.met.count("erasures");
    const erased = this.#on.app.erase(phone.history.heads);
    this.#send(phone, erased.state, erased.parents);
  }

  writeAnew(phone: Phone): void {
    if (!needsWritingAnew(phone.history) || isErased(stateOf(phone.history))) return;
    this.#on.met.count("written anew");
    this.#edit(phone, [], []);
  }

  /** Somebody without the key, or with a broken app, names every head in order to hide them. */
  sendRubbish(phone: Phone, keyId: ids.KeyId): void {
    const parents = phone.history.heads.map(({ id }) => id);
    const header = encodeHeader(this.#header(parents, keyId));
    this.#on.post.send(phone, { id: this.#newId(), header, says: { parents, body: null } });
  }

  /** Make an edit on a phone and send it; gives the entries it added. */
  #edit(phone: Phone, changes: readonly Change[], shown: readonly Entry[], mostParents?: number): readonly Entry[] {
    this.#countEdit(phone, stateOf(phone.history));
    const { heads } = phone.history;
    const isCramped = (parents: readonly unknown[]) => mostParents !== undefined && parents.length > mostParents;
    const edited = this.#on.app.edit(phone, {
      heads,
      writer: phone.writer,
      lastN: phone.lastN,
      now: this.#on.now() + phone.clockOff,
      changes,
      freshWriter: () => ids.makeWriter(this.#on.random),
      sizeOf: ({ parents }) => (isCramped(parents) ? LARGEST_REVISION + 1 : 0),
    });
    if (edited.parents.length < heads.length) this.#on.met.count("heads left out of a join");
    if (edited.writer !== phone.writer) this.#on.met.count("fresh writers within one opening");
    phone.writer = edited.writer;
    phone.lastN = edited.n;
    const added = edited.state.entries.filter(({ writer, n }) => writer === edited.writer && n === edited.n);
    for (const entry of added) this.#on.ledger.typed.add(entryKey(entry));
    for (const entry of shown) this.#on.ledger.replacedSeen.add(entryKey(entry));
    this.#send(phone, edited.state, edited.parents);
    keepCopy(phone);
    return added;
  }

  #countEdit(phone: Phone, state: State): void {
    this.#on.met.count("edits");
    for (const { name, holds } of FIELDS) {
      if (holds === "text" && shownTexts(state, name).length > 1) this.#on.met.count("concurrent texts");
    }
    if (phone.history.waiting.length > 0) this.#on.met.count("edits beside a waiting head");
    const unknown = FIELDS.filter(({ isOld }) => !isOld).map(({ name }) => name);
    if (phone.isOlder && state.entries.some(({ field }) => unknown.includes(field))) {
      this.#on.met.count("older app carries unknown fields");
    }
    const hasTrash = entriesOf(state, TRASH).length > 0;
    if (hasTrash && !this.#on.app.isInTrash(state)) this.#on.met.count("edits beside a delete that did not know all");
  }

  #send(phone: Phone, state: State, parents: readonly ids.RevisionId[]): void {
    const header = encodeHeader(this.#header(parents, phone.writingKey));
    if (phone.readsNewer) header[0] = FORMAT + 1;
    const says = { parents: parseAnyFormat(header).parents, body: parseBody(encodeBody("check-in", state)) };
    this.#on.post.send(phone, { id: this.#newId(), header, says });
  }

  #valueFor({ holds, name }: Field, chance: Chance): Value {
    const fresh = ++this.#values;
    if (holds === "element") return true;
    if (holds === "number") return chance.oneIn(4) ? [fresh, { of: name }] : fresh;
    return chance.oneIn(8) ? USUAL_TEXT : `words ${fresh}`;
  }

  #header(parents: readonly ids.RevisionId[], keyId: ids.KeyId): Header {
    return { format: FORMAT, kind: "edit", owner: "vault", ...this.#on.place, keyId, parents };
  }

  #newId(): ids.RevisionId {
    return ids.parseRevisionId(ids.toBase64url(this.#on.random(ids.BYTES.revision)));
  }
}

function keepCopy(phone: Phone): void {
  const { known, history, writer, lastN } = phone;
  phone.copies.push({ known: new Map(known), history, writer, lastN });
  if (phone.copies.length > MOST_COPIES) phone.copies.shift();
}
