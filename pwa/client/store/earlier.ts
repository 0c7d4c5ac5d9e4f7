/** What a record said before: its revisions as they were written, apart from each other. */
import type { RecordType } from "../domain/schema.ts";
import type { RecordId } from "../replica/ids.ts";
import { isErased } from "../replica/state.ts";
import type { Diary } from "./diary.ts";
import { type Kept, View } from "./kept.ts";
import { itemOf } from "./records.ts";

export interface Earlier {
  /** Each revision that can be read here, newest first: what was shown of it can be shown again. */
  readonly versions: readonly Kept<RecordType>[];
  /** How many are known of whose words are not on this phone. */
  readonly elsewhere: number;
}

/** All that is here of a record's past. Rejects where the phone gives nothing to read. */
export async function readEarlier(diary: Diary, type: RecordType, id: RecordId): Promise<Earlier> {
  const history = await diary.inside.log.history(id);
  const written = history.filter((read) => read.verdict === "opened").filter(({ state }) => !isErased(state));
  const versions = written.map((read) => new View(type, itemOf(id, type.name, [read])));
  return {
    versions: versions.sort((one, other) => other.changedAt - one.changedAt || writtenIn(other) - writtenIn(one)),
    elsewhere: history.length - history.filter(({ verdict }) => verdict === "opened").length,
  };
}

/** Whether anything in a record was ever replaced or removed. */
export function wasChanged({ state }: Pick<Kept<RecordType>, "state">): boolean {
  return writtenIn({ state }) > state.entries.length;
}

/** How many values its maker knew of, those replaced too: of two versions of one moment, the later one's knew of more. */
function writtenIn({ state }: Pick<Kept<RecordType>, "state">): number {
  return Object.values(state.writers).reduce((sum, n) => sum + n, 0);
}
