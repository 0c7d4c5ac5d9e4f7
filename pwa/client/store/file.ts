/**
 * Saving everything to a file, and reading it back.
 *
 * The file holds every revision, so that nothing ever typed is left behind. Reading back seals each of them anew under
 * this phone's key, in the same order of descent; a revision that is here already, word for word, is not taken twice.
 * All is checked before anything is written (checked-file.ts), and all is written in one transaction or nothing is.
 *
 * A file can be changed by hand. Two rules keep what is here from being pushed aside by it: a revision replaces only
 * those parents that its maker knew in full, and one that claims to have been written at the same moment as one that is
 * here, without what that one says, is refused.
 */
import { type FileRecord, FileRefused, makeCairnFile } from "../domain/file.ts";
import { settings } from "../domain/record-types.ts";
import type { Known } from "../replica/heads.ts";
import type { RecordId, RevisionId } from "../replica/ids.ts";
import { shownEntry } from "../replica/shown.ts";
import { canonical, dotKey, type Entry, numberOf, type State, type Vector } from "../replica/state.ts";
import { isInTrash } from "../replica/trash.ts";
import type { Sealed } from "./appending.ts";
import { A_WHILE, type CheckedFile, type CheckedRecord, checkFile } from "./checked-file.ts";
import type { Diary } from "./diary.ts";
import { failureOf } from "./failures.ts";
import type { Read } from "./reading.ts";
import type { Item, Records } from "./records.ts";

/** What came of reading a file back. */
export interface ReadBack {
  /** Records that were not here. */
  readonly added: number;
  /** Records that were here and got something new. */
  readonly joined: number;
  /** Records that were here just so. */
  readonly same: number;
}

/** Called with how much is done, from 0 to 1. */
export type Progress = (share: number) => void;

/** Make the text of the file with everything in the diary. `made` is ISO 8601. Throws StoreFailure. */
export async function saveToText(diary: Diary, made: string): Promise<string> {
  const { log, records } = diary.inside;
  // Where the database is gone under the app, what is in memory is all there is: those records as they are now.
  await diary.whole().catch(unlessGone);
  const { rows } = await log.everything().catch(() => ({ rows: [] as { record: RecordId; read: Read }[] }));
  const history = new Map<RecordId, Read[]>();
  for (const { record, read } of rows) {
    if (read.state === null) continue;
    const reads = history.get(record) ?? [];
    history.set(record, reads);
    reads.push(read);
  }
  const all = [...records.items()].map((item) => fileRecord(item, withHeads(history.get(item.id) ?? [], item)));
  // Of what a later app wrote, or what is damaged, there are no words to save.
  const readable = all.filter(({ revisions }) => revisions.length > 0);
  return JSON.stringify(makeCairnFile(readable, made), null, 1);
}

/** Read the text of a file back into the diary. Throws FileRefused, StoreFailure; then nothing was taken. */
export async function readBack(diary: Diary, content: string, progress: Progress = () => undefined): Promise<ReadBack> {
  return bringBack(diary, await checkFile(content), progress);
}

/** Take a checked file into the diary. Throws FileRefused, StoreFailure; then nothing was taken. */
export async function bringBack(diary: Diary, file: CheckedFile, progress: Progress = () => undefined): Promise<ReadBack> {
  const { log, records } = diary.inside;
  const result = { added: 0, joined: 0, same: 0 };
  const sealed: Sealed[] = [];
  try {
    await diary.whole();
    const hasSettings = [...records.items()].some(({ type }) => type === settings.name);
    for (const [i, record] of file.entries()) {
      if (hasSettings && isOthersSettings(record, records)) continue;
      const there = records.item(record.id) === undefined ? [] : await log.history(record.id);
      const fresh = await sealAnew(record, there, (revision) => log.seal({ record: record.id, ...revision }, null));
      sealed.push(...fresh);
      result[there.length === 0 ? "added" : fresh.length > 0 ? "joined" : "same"] += 1;
      if (i % A_WHILE === 0) progress((0.9 * i) / file.length);
    }
    if (sealed.length > 0) await log.bring(sealed);
  } catch (cause) {
    throw cause instanceof FileRefused ? cause : failureOf(cause);
  }
  diary.announce();
  progress(1);
  return result;
}

/** Settings of another phone: this phone keeps its own, whoever made the file. */
function isOthersSettings({ id, revisions }: CheckedRecord, records: Records): boolean {
  return revisions[0]?.type === settings.name && records.item(id) === undefined;
}

interface Unplaced {
  readonly type: string;
  readonly state: State;
  readonly parents: readonly RevisionId[];
}

/**
 * Seal what is not here yet, of a record of which `there` is every revision that is here. One that says the same as one
 * that is here stands for it as parent.
 */
async function sealAnew(
  { revisions, where }: CheckedRecord,
  there: readonly Read[],
  seal: (revision: Unplaced) => Promise<Sealed>,
): Promise<Sealed[]> {
  const known = new Map<string, { readonly id: RevisionId; readonly state: State }>();
  const atSameMoment = new Map<string, State>();
  for (const { id, state } of there) {
    if (state === null) continue;
    known.set(canonical(state), { id, state });
    atSameMoment.set(momentOf(state), state);
  }
  const placed = new Map<string, { readonly id: RevisionId; readonly state: State }>();
  const fresh: Sealed[] = [];
  for (const { id, parents, type, state } of revisions) {
    const same = known.get(canonical(state));
    if (same !== undefined) {
      placed.set(id, same);
      continue;
    }
    if (there.some((read) => read.type !== "" && read.type !== type)) throw new FileRefused("malformed", `${where}.type`);
    if (lacksEntriesOf(atSameMoment.get(momentOf(state)), state)) throw new FileRefused("malformed", `${where}.revisions`);
    const named = parents.flatMap((parent) => placed.get(parent) ?? []).filter((parent) => knowsAll(state, parent.state));
    const sealed = await seal({ type, state, parents: [...new Set(named.map((parent) => parent.id))] });
    placed.set(id, { id: sealed.row.id, state });
    known.set(canonical(state), { id: sealed.row.id, state });
    fresh.push(sealed);
  }
  return fresh;
}

/** Every edit has a number of its own, so two revisions with equal vectors are one and the same edit. */
function momentOf({ writers }: State): string {
  return canonical({ entries: [], writers });
}

function lacksEntriesOf(there: State | undefined, state: State): boolean {
  if (there === undefined) return false;
  const dots = new Set(state.entries.map(dotKey));
  return there.entries.some((entry) => !dots.has(dotKey(entry)));
}

function knowsAll({ writers }: State, parent: { readonly writers: Vector }): boolean {
  return Object.entries(parent.writers).every(([writer, n]) => numberOf(writers, writer) >= n);
}

function unlessGone(cause: unknown): void {
  const failure = failureOf(cause);
  if (failure.code !== "gone") throw failure;
}

/** The history, with those heads that were written while it was read. */
function withHeads(history: readonly Read[], { heads }: Item): readonly Known[] {
  const ids = new Set(history.map(({ id }) => id));
  return [...history, ...heads.filter(({ id }) => !ids.has(id))];
}

function fileRecord(item: Item, reads: readonly Known[]): FileRecord {
  const fields = [...new Set(item.state.entries.map((entry) => entry.field))].sort();
  return {
    id: item.id,
    type: item.type,
    in_trash: isInTrash(item.state),
    shown: Object.fromEntries(fields.map((field) => [field, shownEntry(item.state, field)?.value])),
    revisions: reads.flatMap(({ id, parents, state }) =>
      state === null ? [] : [{ id, parents, body: { type: item.type, writers: state.writers, fields: state.entries.map(packed) } }],
    ),
  };
}

function packed({ field, writer, n, value, at }: Entry): unknown {
  return [field, writer, n, value, at];
}
