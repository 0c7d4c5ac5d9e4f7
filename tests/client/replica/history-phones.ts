/** What a history is made of: phones with their apps, revisions as they travel, and the ledger. */
import type { Body } from "../../../pwa/client/replica/body.ts";
import { type EditAsked, type Edited, edit } from "../../../pwa/client/replica/edit.ts";
import type { History, Known, Opened } from "../../../pwa/client/replica/heads.ts";
import type { KeyId, RevisionId, Writer } from "../../../pwa/client/replica/ids.ts";
import { dotKey, type Entry, type State } from "../../../pwa/client/replica/state.ts";
import { erase, isInTrash } from "../../../pwa/client/replica/trash.ts";
import { canonicalValue } from "../../../pwa/client/replica/values.ts";
import { addRevision, NO_HISTORY } from "./step-by-step.ts";

/** The parts of the app that a planted fault can replace. */
export type App = {
  readonly edit: (phone: Phone, asked: EditAsked) => Edited;
  readonly erase: (heads: readonly Opened[]) => { state: State; parents: readonly RevisionId[] };
  readonly addRevision: (history: History, revision: Known) => History;
  readonly isInTrash: (state: State) => boolean;
  /** Whether a profile that was copied or restored goes on with the writer it holds. */
  readonly keepsWriter: boolean;
};

export const SOUND_APP: App = { edit: (_, asked) => edit(asked), erase, addRevision, isInTrash, keepsWriter: false };

/** A field of the record; an older app knows only the old ones. */
export type Field = {
  readonly name: string;
  readonly holds: "text" | "number" | "element";
  readonly isOld: boolean;
};

export const NOTE: Field = { name: "note", holds: "text", isOld: true };

export const FIELDS: readonly Field[] = [
  NOTE,
  { name: "pain", holds: "number", isOld: true },
  { name: "thanks", holds: "text", isOld: false },
  { name: "sleep", holds: "number", isOld: false },
  { name: "tag/walk", holds: "element", isOld: true },
  { name: "tag/rest", holds: "element", isOld: false },
];

/** A revision as it travels. */
export type Sent = {
  readonly id: RevisionId;
  readonly header: Uint8Array<ArrayBuffer>;
  /** What header and body say to an app that can read them; rubbish has no body. */
  readonly says: { readonly parents: readonly RevisionId[]; readonly body: Body | null };
};

/** A field that stands open on a phone, as it was when it was opened. */
export type Editor = { readonly shown: readonly Entry[]; hasTextArrived: boolean };

export type Phone = {
  readonly isOlder: boolean;
  readsNewer: boolean;
  keys: ReadonlySet<KeyId>;
  writingKey: KeyId;
  /** Milliseconds between this phone's clock and the right time. */
  clockOff: number;
  writer: Writer;
  /** The greatest number this writer used. */
  lastN: number;
  known: Map<RevisionId, Known>;
  history: History;
  readonly editors: Map<string, Editor>;
  /** Earlier states of the profile that it can be restored from. */
  readonly copies: Pick<Phone, "known" | "history" | "writer" | "lastN">[];
};

export function newPhone(isOlder: boolean, key: KeyId, writer: Writer): Phone {
  return {
    isOlder,
    readsNewer: false,
    keys: new Set([key]),
    writingKey: key,
    clockOff: 0,
    writer,
    lastN: 0,
    known: new Map(),
    history: NO_HISTORY,
    editors: new Map(),
    copies: [],
  };
}

/** What is known of a history from outside the merge. */
export type Ledger = {
  readonly sent: Map<RevisionId, Sent>;
  /** Every entry a person made. */
  readonly typed: Set<string>;
  /** Every entry that a person was shown when they wrote over it or removed it. */
  readonly replacedSeen: Set<string>;
  /** For each trash entry, what its maker was shown. */
  readonly trashedSeen: Map<string, ReadonlySet<string>>;
};

/** An entry's name in the ledger: with its content, so that a dot used twice is two entries. */
export function entryKey(entry: Entry): string {
  return `${dotKey(entry)} ${entry.field} ${entry.at} ${canonicalValue(entry.value)}`;
}
