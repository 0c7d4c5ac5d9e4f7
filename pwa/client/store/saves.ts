/** What a screen hands over to be saved, and what changes by it. */
import type { RecordType, Values } from "../domain/schema.ts";
import type { Change } from "../replica/edit.ts";
import type { RecordId } from "../replica/ids.ts";
import { entriesOf, type State } from "../replica/state.ts";
import type { Draft } from "./draft.ts";
import type { Writing } from "./log.ts";
import type { Kept } from "./records.ts";

/** What a save may bring along. */
export interface SaveOptions {
  /** The draft it comes from, dropped in the same transaction. */
  readonly draft?: Draft | undefined;
  /** The id of the record that is made. Where it is there already it is changed, so that nothing is made twice. */
  readonly id?: RecordId | undefined;
  /** What the person was shown of a record when they began, where that was before the app was last opened. */
  readonly shown?: { readonly id: RecordId; readonly state: State } | undefined;
  /** Whether the person wrote or chose what a field says. Where they did not, what stands there in several versions stays. */
  readonly isMeant?: ((field: string) => boolean) | undefined;
}

/** What is new in a record; undefined takes a value back, a field left out stays as it is. */
export type Changes<R extends RecordType> = { readonly [F in keyof Values<R>]?: Values<R>[F] | undefined };

/** One record to make or change. */
export type Save =
  | { readonly type: RecordType; readonly id: RecordId; readonly values: Readonly<Record<string, unknown>> }
  | {
      readonly type: RecordType;
      readonly kept: Pick<Kept<RecordType>, "id" | "state">;
      readonly values: Readonly<Record<string, unknown>>;
    };

/** What is to be written: nothing for a record that says all of it already. */
export function writingsOf(saves: readonly Save[], { shown, isMeant }: Pick<SaveOptions, "shown" | "isMeant"> = {}): readonly Writing[] {
  return saves
    .map((save) => writingOf(asShown(save, shown), isMeant))
    .filter((writing, i) => writing.changes.length > 0 || !("kept" in (saves[i] ?? {})));
}

/** The save as of what the person was shown when they began. */
function asShown(save: Save, shown: SaveOptions["shown"]): Save {
  if (!("kept" in save) || save.kept.id !== shown?.id) return save;
  return { ...save, kept: shown };
}

function writingOf(save: Save, isMeant: SaveOptions["isMeant"]): Writing {
  const changes: Change[] = [];
  for (const [field, value] of Object.entries(save.values) as [string, Change["value"]][]) {
    const there = "kept" in save ? entriesOf(save.kept.state, field) : [];
    const saysSo = value === undefined ? there.length === 0 : there.length === 1 && there[0]?.value === value;
    const isLeft = there.length > 1 && isMeant?.(field) === false;
    if (!saysSo && !isLeft) changes.push({ field, value, shown: there });
  }
  return { record: "kept" in save ? save.kept.id : save.id, type: save.type.name, changes };
}
