/** Carries revisions between phones: late, in any order, with gaps, damaged, unreadable. */
import { FORMAT, NewerFormat, parseHeader } from "../../../pwa/client/replica/header.ts";
import { historyOf, type Known, needsWritingAnew, stateOf } from "../../../pwa/client/replica/heads.ts";
import { entriesOf, isErased } from "../../../pwa/client/replica/state.ts";
import type { Met } from "./history-met.ts";
import { type App, entryKey, type Ledger, type Phone, type Sent } from "./history-phones.ts";
import type { Chance } from "./history-steps.ts";

export class Post {
  /** What phones kept wrongly on the way. */
  readonly broken: string[] = [];
  readonly #app: App;
  readonly #ledger: Ledger;
  readonly #met: Met;

  constructor(app: App, ledger: Ledger, met: Met) {
    this.#app = app;
    this.#ledger = ledger;
    this.#met = met;
  }

  /** A revision comes into being on a phone. */
  send(phone: Phone, sent: Sent): void {
    this.#ledger.sent.set(sent.id, sent);
    this.#receive(phone, sent, false);
    this.#compareHeads(phone);
  }

  /** Some of what one phone has comes to another. */
  deliver(to: Phone, from: Phone, chance: Chance): void {
    const before = new Set(stateOf(to.history).entries.map(entryKey));
    const leavesOut = chance.oneIn(2);
    for (const id of chance.shuffled([...from.known.keys()])) {
      const sent = this.#ledger.sent.get(id);
      if (sent === undefined || (leavesOut && chance.oneIn(4))) continue;
      this.#receive(to, sent, sent.says.body !== null && chance.oneIn(12));
    }
    this.#compareHeads(to);
    for (const [field, editor] of to.editors) {
      const now = entriesOf(stateOf(to.history), field);
      if (now.some((entry) => !before.has(entryKey(entry)))) editor.hasTextArrived = true;
    }
  }

  /** Everything ever sent comes to a phone, in an order of its own. */
  deliverAll(phone: Phone, chance: Chance): void {
    for (const sent of chance.shuffled([...this.#ledger.sent.values()])) this.#receive(phone, sent, false);
    this.#compareHeads(phone);
  }

  /** Look again at what waits, after a newer app or a key came. */
  openWaiting(phone: Phone): void {
    for (const { id, verdict } of [...phone.known.values()]) {
      const sent = this.#ledger.sent.get(id);
      if (verdict === "waiting" && sent !== undefined) this.#receive(phone, sent, false);
    }
    this.#compareHeads(phone);
  }

  /** Take in a revision, unless it was opened before or this copy tells nothing new. */
  #receive(phone: Phone, sent: Sent, isDamaged: boolean): void {
    const before = phone.known.get(sent.id);
    if (before?.verdict === "opened" || (before?.verdict === "broken" && isDamaged)) return;
    const known = this.#judge(phone, sent, isDamaged);
    if (known.verdict === "waiting" && before?.verdict === "broken") return;
    if (sent.says.parents.some((parent) => !phone.known.has(parent))) this.#met.count("gaps: children before parents");
    phone.known.set(sent.id, known);
    phone.history = this.#app.addRevision(phone.history, known);
    const { heads } = phone.history;
    const isUnseen = known.verdict === "opened" && before === undefined && heads.length > 1;
    if (isUnseen && heads.some(({ state }) => isErased(state))) this.#met.count("edits unseen by an eraser");
  }

  #judge(phone: Phone, { id, header, says }: Sent, isDamaged: boolean): Known {
    const named = { id, parents: says.parents, kind: "edit" } as const;
    try {
      const { keyId } = phone.readsNewer ? parseAnyFormat(header) : parseHeader(header);
      if (!phone.keys.has(keyId)) {
        this.#met.count("waiting, key not here");
        return { ...named, verdict: "waiting", state: null };
      }
    } catch (error) {
      if (!(error instanceof NewerFormat)) throw error;
      this.#met.count("waiting, newer format");
      return { ...named, parents: [], verdict: "waiting", state: null };
    }
    if (says.body === null) this.#met.count("broken for everyone");
    else if (isDamaged) this.#met.count("damaged for one phone");
    if (isDamaged || says.body === null) return { ...named, verdict: "broken", state: null };
    return { ...named, verdict: "opened", state: says.body.state };
  }

  /** The history kept step by step must say what one worked out from nothing says. */
  #compareHeads({ known, history }: Phone): void {
    const afresh = historyOf([...known.values()]);
    for (const part of ["heads", "waiting"] as const) {
      if (ids(afresh[part]) !== ids(history[part])) this.broken.push(`${part} kept differ from ${part} worked out`);
    }
    if (needsWritingAnew(afresh) !== needsWritingAnew(history)) this.broken.push("broken revisions kept differ");
  }
}

/** What a newer app would do; here the newer format is the same but for its number. */
export function parseAnyFormat(header: Uint8Array) {
  const readable = Uint8Array.from(header);
  readable[0] = FORMAT;
  return parseHeader(readable);
}

function ids(revisions: readonly Known[]): string {
  return revisions
    .map(({ id }) => id)
    .sort()
    .join();
}
