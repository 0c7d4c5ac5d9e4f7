/**
 * The diary in memory: every record with its heads, and the signals that screens read.
 *
 * Only this folder writes signals. A screen asks for a type and gets its records, those in the trash left out; it is
 * drawn anew when one of that type changed, in this tab or in another.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ByDay } from "../domain/diary.ts";
import { recordTypes, session } from "../domain/record-types.ts";
import type { RecordType } from "../domain/schema.ts";
import { type Opened, stateOf } from "../replica/heads.ts";
import type { RecordId } from "../replica/ids.ts";
import type { TextVersion } from "../replica/shown.ts";
import { isInTrash } from "../replica/trash.ts";
import { DayIndex, dayOfState, hasDay } from "./by-day.ts";
import { type Item, type Kept, View } from "./kept.ts";
import { LastDone } from "./last-done.ts";

export type { Item, Kept, TextVersion };

interface Held {
  readonly item: Item;
  readonly isInTrash: boolean;
}

export class Records {
  readonly #items = new Map<RecordId, Item>();
  readonly #byType = new Map<string, Map<RecordId, Held>>();
  readonly #days = new Map<string, DayIndex<Item>>(
    Object.values(recordTypes)
      .filter(hasDay)
      .map(({ name }) => [name, new DayIndex()]),
  );
  readonly #lastDone = new LastDone();
  readonly #versions = new Map<string, Signal<number>>();
  readonly #views = new WeakMap<Item, Kept<RecordType>>();
  readonly #lists = new Map<string, ReadonlySignal<readonly Kept<RecordType>[]>>();
  readonly #byDay = new Map<string, ReadonlySignal<ByDay<Kept<RecordType>>>>();

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
    if (before !== undefined && before.type !== item.type) this.#leave(before);
    this.#items.set(item.id, item);
    const ofType = this.#byType.get(item.type) ?? new Map<RecordId, Held>();
    const held = { item, isInTrash: isInTrash(item.state) };
    this.#byType.set(item.type, ofType.set(item.id, held));
    const days = this.#days.get(item.type);
    if (held.isInTrash) days?.drop(item.id);
    else days?.put(item.id, item, dayOfState(item.state));
    if (item.type === session.name) this.#lastDone.put(item.id, held.isInTrash ? null : item.state);
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

  /** The same by the day they belong to: a screen that shows some days reads no others. */
  byDay<R extends RecordType>(type: R): ReadonlySignal<ByDay<Kept<R>>> {
    const known = this.#byDay.get(type.name) ?? computed(() => this.#daysOf(type));
    this.#byDay.set(type.name, known);
    return known as ReadonlySignal<ByDay<Kept<R>>>;
  }

  /** For each activity when it was last done, in ms. */
  get lastDone(): ReadonlyMap<string, number> {
    this.#version(session.name).value;
    return this.#lastDone.times();
  }

  /** The last session of each activity. */
  lastSessions(): ReadonlySet<RecordId> {
    return this.#lastDone.sessions();
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
    const view = new View(type, item);
    this.#views.set(item, view as unknown as Kept<RecordType>);
    return view;
  }

  #leave({ id, type }: Item): void {
    this.#byType.get(type)?.delete(id);
    this.#days.get(type)?.drop(id);
    if (type === session.name) this.#lastDone.put(id, null);
  }

  #list(type: RecordType): readonly Kept<RecordType>[] {
    this.#version(type.name).value;
    return this.#held(type, (held) => !held.isInTrash);
  }

  #daysOf(type: RecordType): ByDay<Kept<RecordType>> {
    this.#version(type.name).value;
    const index = this.#days.get(type.name);
    return {
      days: () => index?.days() ?? [],
      of: (day) => Array.from(index?.of(day) ?? [], (item) => this.view(type, item)),
    };
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
