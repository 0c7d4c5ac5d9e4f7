/**
 * The diary in memory: every record with its heads, and the signals that screens read.
 *
 * Only this folder writes signals. A screen asks for a type and gets its records, those in the trash left out; it is
 * drawn anew when one of that type changed, in this tab or in another.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type RecordType, readValues, type Values } from "../domain/schema.ts";
import { type Opened, stateOf } from "../replica/heads.ts";
import type { RecordId, RevisionId } from "../replica/ids.ts";
import { shownEntry, shownTexts, type TextVersion } from "../replica/shown.ts";
import type { State } from "../replica/state.ts";
import { isInTrash } from "../replica/trash.ts";

/** A record as it is now: its heads, and their join. */
export interface Item {
  readonly id: RecordId;
  readonly type: string;
  readonly heads: readonly Opened[];
  readonly state: State;
}

export type { TextVersion };

/** A record as a screen sees it. Handing it back with a change says what the person was shown. */
export interface Kept<R extends RecordType> {
  readonly id: RecordId;
  readonly values: Values<R>;
  /** All different texts of a field, newest first; more than one where two wrote without knowing of each other. */
  texts(field: keyof R["fields"] & string): readonly TextVersion[];
  /** What the person was shown. */
  readonly state: State;
  /** When it was last written, in ms. */
  readonly changedAt: number;
}

interface Held {
  readonly item: Item;
  readonly isInTrash: boolean;
}

export class Records {
  readonly #items = new Map<RecordId, Item>();
  readonly #byType = new Map<string, Map<RecordId, Held>>();
  readonly #versions = new Map<string, Signal<number>>();
  readonly #views = new WeakMap<Item, Kept<RecordType>>();
  readonly #lists = new Map<string, ReadonlySignal<readonly Kept<RecordType>[]>>();

  /** How many records there are, those in the trash too. */
  get size(): number {
    return this.#items.size;
  }

  item(id: RecordId): Item | undefined {
    return this.#items.get(id);
  }

  items(): Iterable<Item> {
    return this.#items.values();
  }

  /** Take in a record as it is now; `announce` afterwards tells the screens. */
  put(item: Item): void {
    const before = this.#items.get(item.id);
    if (before !== undefined && before.type !== item.type) this.#byType.get(before.type)?.delete(item.id);
    this.#items.set(item.id, item);
    const ofType = this.#byType.get(item.type) ?? new Map<RecordId, Held>();
    this.#byType.set(item.type, ofType.set(item.id, { item, isInTrash: isInTrash(item.state) }));
  }

  /** Tell the screens that records of these types changed. */
  announce(types: Iterable<string>): void {
    batch(() => {
      for (const type of new Set([...types, ANY])) this.#version(type).value += 1;
    });
  }

  /** The records of a type that are not in the trash, in the order in which this phone met them. */
  all<R extends RecordType>(type: R): ReadonlySignal<readonly Kept<R>[]> {
    const list = this.#lists.get(type.name) ?? computed(() => this.#list(type));
    this.#lists.set(type.name, list);
    return list as ReadonlySignal<readonly Kept<R>[]>;
  }

  /** One record by its id, of the type asked for; undefined where there is none, or it is in the trash. */
  one<R extends RecordType>(type: R, id: string): Kept<R> | undefined {
    this.#version(type.name).value;
    const held = this.#byType.get(type.name)?.get(id as RecordId);
    return held === undefined || held.isInTrash ? undefined : this.view(type, held.item);
  }

  /** What is in the trash, of any of these types; last deleted first. */
  trashed(types: readonly RecordType[]): readonly { type: RecordType; kept: Kept<RecordType> }[] {
    this.#version(ANY).value;
    return types
      .flatMap((type) => this.#held(type, (held) => held.isInTrash).map((kept) => ({ type, kept })))
      .sort((a, b) => b.kept.changedAt - a.kept.changedAt);
  }

  view<R extends RecordType>(type: R, item: Item): Kept<R> {
    const known = this.#views.get(item);
    if (known !== undefined) return known as Kept<R>;
    const view = viewOf(type, item);
    this.#views.set(item, view as unknown as Kept<RecordType>);
    return view;
  }

  #list(type: RecordType): readonly Kept<RecordType>[] {
    this.#version(type.name).value;
    return this.#held(type, (held) => !held.isInTrash);
  }

  #held(type: RecordType, isWanted: (held: Held) => boolean): readonly Kept<RecordType>[] {
    const wanted: Kept<RecordType>[] = [];
    for (const held of this.#byType.get(type.name)?.values() ?? []) if (isWanted(held)) wanted.push(this.view(type, held.item));
    return wanted;
  }

  #version(type: string): Signal<number> {
    const version = this.#versions.get(type) ?? signal(0);
    this.#versions.set(type, version);
    return version;
  }
}

const ANY = "";

/** Make a record's item of its heads. */
export function itemOf(id: RecordId, type: string, heads: readonly Opened[]): Item {
  const [only] = heads;
  return { id, type, heads, state: heads.length === 1 && only !== undefined ? only.state : stateOf({ heads }) };
}

/** The ids of a record's heads, in a fixed order. */
export function headIds(item: Item | undefined): readonly RevisionId[] {
  return (item?.heads ?? []).map((head) => head.id).sort();
}

function viewOf<R extends RecordType>(type: R, item: Item): Kept<R> {
  let values: Values<R> | undefined;
  return {
    id: item.id,
    state: item.state,
    get values() {
      values ??= readValues(type, shownValues(type, item.state));
      return values;
    },
    texts: (field) => shownTexts(item.state, field),
    get changedAt() {
      return item.state.entries.reduce((latest, entry) => Math.max(latest, entry.at), 0);
    },
  };
}

function shownValues(type: RecordType, state: State): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const field of Object.keys(type.fields)) {
    const entry = shownEntry(state, field);
    if (entry !== undefined) values.set(field, entry.value);
  }
  return values;
}
