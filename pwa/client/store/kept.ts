/** A record in memory, and as a screen sees it. */
import { type RecordType, readValues, type Values } from "../domain/schema.ts";
import type { Opened } from "../replica/heads.ts";
import type { RecordId } from "../replica/ids.ts";
import { shownTexts, shownValues, type TextVersion } from "../replica/shown.ts";
import type { State } from "../replica/state.ts";

/** A record as it is now: its heads, and their join. */
export interface Item {
  readonly id: RecordId;
  readonly type: string;
  readonly heads: readonly Opened[];
  readonly state: State;
}

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

/** The values are worked out when they are first asked for: most records are never shown. */
export class View<R extends RecordType> implements Kept<R> {
  readonly #type: R;
  readonly #item: Item;
  #values: Values<R> | undefined;

  constructor(type: R, item: Item) {
    this.#type = type;
    this.#item = item;
  }

  get id(): RecordId {
    return this.#item.id;
  }

  get state(): State {
    return this.#item.state;
  }

  get values(): Values<R> {
    this.#values ??= readValues(this.#type, shownValues(this.#item.state));
    return this.#values;
  }

  get changedAt(): number {
    return this.#item.state.entries.reduce((latest, entry) => Math.max(latest, entry.at), 0);
  }

  texts(field: string): readonly TextVersion[] {
    return shownTexts(this.#item.state, field);
  }
}
