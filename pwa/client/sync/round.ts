/** One round of syncing: what its steps share, and writing what the server gave. */
import type { Saw } from "../replica/body.ts";
import { FORMAT } from "../replica/header.ts";
import { fromBase64url, type RevisionId, toBase64url } from "../replica/ids.ts";
import type { Diary } from "../store/diary.ts";
import { type Received, rollRows, rowsOf, writeReceived } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import type { Saws } from "./forks.ts";
import { type Folded, NotProved } from "./proof.ts";
import type { Server } from "./server.ts";
import type { NeedsYou, SyncKeys } from "./status.ts";
import type { WireRevision } from "./wire.ts";

export interface Round {
  readonly server: Server;
  readonly diary: Diary;
  readonly keys: SyncKeys;
  /** The engine was stopped: nothing more is asked or written. */
  readonly over: AbortSignal;
  /** What the makers of revisions that came had seen of the server, to be compared with what was seen here. */
  readonly saws: Saws;
  /** As it stands in the database; undefined before the first sync. */
  state: SyncState | undefined;
  /** Whether the server was found to be another one than it was, in this round. */
  isReconciled: boolean;
  /** Whether what this server had not shown at the end of its log was sent again, in this round. */
  isSentAgain?: boolean;
  /** Whether the server holds as much as it may: what waits is tried again in the next round. */
  isFull?: boolean;
  /** Whether anything came without its content, in this round. */
  hasStubs?: boolean;
  /** Called when there is more to show. */
  readonly tell: () => void;
}

/** Only the person can help. */
export class Trouble extends Error {
  override readonly name = "Trouble";
  readonly reason: NeedsYou;

  constructor(reason: NeedsYou) {
    super(reason);
    this.reason = reason;
  }
}

/** The most ids of one question. */
export const MOST_IDS = 1_000;

/** Whether all that was shown of the roll is here. */
export function isRead({ unread = [] }: SyncState): boolean {
  return unread.length === 0;
}

export function placeOf({ generation, at: { seq, chain } }: SyncState): Folded {
  return { generation, seq, chain: fromBase64url(chain) };
}

export function sawOf({ generation, seq, chain }: Folded): Saw {
  return { generation, seq, chain: toBase64url(chain) };
}

/** Write what came and where that leads, then show it, here and in the other tabs. Throws StoreFailure. */
export async function take(round: Round, received: Received): Promise<SyncState> {
  const { diary, tell, over } = round;
  over.throwIfAborted();
  const { revisions = [], roll = [] } = received;
  const here = new Set(roll.map(({ id }) => id));
  const unread = received.state.unread?.filter((id) => !here.has(id));
  const laterThan = revisions.some(({ record }) => record === "") ? FORMAT : received.state.laterThan;
  round.hasStubs ||= revisions.some(({ blob }) => blob === undefined);
  const wanted = { ...received.state, laterThan, ...(unread === undefined ? {} : { unread }) };
  const state = await writeReceived(diary.inside, { ...received, state: wanted });
  round.state = state;
  await diary.takeIn();
  tell();
  return state;
}

/** The rows of an index, those with their content that are not on this phone. Throws NotProved where the server keeps some back. */
export async function complete({ server, diary }: Round, rows: readonly WireRevision[]): Promise<readonly WireRevision[]> {
  const ids = rows.map(({ id }) => id);
  const { database } = diary.inside;
  const [here, roll] = await Promise.all([rowsOf(database, ids), rollRows(database)]);
  const known = new Set<string>(roll.map(({ id }) => id));
  const unknown = ids.filter((id, i) => here[i] === undefined && !known.has(id));
  const fetched = await fetchAll(server, unknown);
  return rows.map((row) => ({ ...row, ...fetched.get(row.id), seq: row.seq }));
}

/** Revisions by their ids, each with its content or as the stub it is. Throws NotProved where some do not come. */
export async function fetchAll(server: Server, ids: readonly RevisionId[]): Promise<ReadonlyMap<RevisionId, WireRevision>> {
  const fetched = new Map<RevisionId, WireRevision>();
  let wanted = [...ids];
  while (wanted.length > 0) {
    const asked = new Set(wanted.slice(0, MOST_IDS));
    const { revisions } = await server.wanted([...asked]);
    for (const row of revisions) if (asked.has(row.id)) fetched.set(row.id, row);
    const left = wanted.filter((id) => !fetched.has(id));
    if (left.length === wanted.length) throw new NotProved();
    wanted = left;
  }
  return fetched;
}
