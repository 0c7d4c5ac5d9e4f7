/** What the phone keeps of the server: how far it is known, which ids stand there, and the roll. All in clear, all ids. */
import type { Saw } from "../replica/body.ts";
import type { RevisionId, SpaceId } from "../replica/ids.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A place in the server's log: so far it was folded, and this is the fold. */
export interface Place {
  readonly seq: number;
  readonly chain: string;
}

export interface SyncState {
  readonly space: SpaceId;
  /** How often this was written: who goes by what stood there before does not write over it. */
  readonly edition?: number;
  readonly generation: string;
  /** The last row of the log when this phone met that generation: what it wrote behind it, no server before had. */
  readonly metAt?: number;
  /** The cursor: up to there all is here. */
  readonly at: Place;
  /** The first sync under way: null once its heads, and the proof that none was left out, are here. */
  readonly first: FirstSyncState | null;
  /** The index is read anew from its beginning, because the server is not what it was. */
  readonly isAnew: boolean;
  /**
   * Something came, in a round that did not come to its end: what it came without, and what it names, was not looked at.
   * Where that is not said, as an earlier app left it, nobody knows.
   */
  readonly isUnchecked?: boolean;
  /** The server may lack entries of the roll that are here. */
  readonly isRollToSend: boolean;
  /** What that waits for, once it was tried. `not-here`: one of them came here without its content; another phone may have it. */
  readonly rollNeeds?: "proof-needed" | "not-here" | null;
  /**
   * Entries of the roll that the server has shown and that are not here: the vault may have a newer key than is known here.
   * Where that is not said, as an earlier app left it, nobody knows.
   */
  readonly unread?: readonly RevisionId[];
  /** The format that this app knew when something of a later one came, which waits; null where nothing did. */
  readonly laterThan: number | null;
  /** What was last verified; each revision made here says it. */
  readonly saw: Saw | null;
  /** Rows of the log up to this one were sent and shown by the server, or need not be. */
  readonly sentUpTo: number;
  /** Up to this one the server said of them that it has them; null where it showed them all. */
  readonly saidUpTo?: number | null;
  /** Sent out of its turn, and said to be stored: not shown yet. It is sent again at each round. */
  readonly unshown?: readonly RevisionId[];
  /** The server holds as much of this diary as it may. */
  readonly isFull?: boolean;
  /** What the server did not take. */
  readonly refused: readonly { readonly id: RevisionId; readonly code: string }[];
  /** What is yet to be told. What stands there stays, whatever a round writes, until something new is told or it was understood. */
  readonly notice: Notice | null;
  /** Generations of which a fork was told. */
  readonly forks: readonly string[];
  /** What others saw in generations that this phone has not met. */
  readonly saws?: readonly Saw[];
}

/** Something to tell once. `forked`: another phone was shown another past. `put-back`: the server was an older one. */
export type Notice = "forked" | "put-back";

export interface FirstSyncState {
  /** What to ask the next page of heads with; null when all are here. */
  readonly before: number | null;
  /** Where the log stood at the first answer; the index must fold to this. */
  readonly end: Place;
  /** So far the index was folded. */
  readonly proved: Place;
  /** Heads taken so far. */
  readonly taken: number;
}

export interface SeenRow {
  readonly generation: string;
  /** The number of the first of these ids. */
  readonly first: number;
  readonly last: number;
  /** The fold before the first. */
  readonly chain: Bytes;
  /** One behind the other, 32 bytes each. */
  readonly ids: Bytes;
}

export interface RollRow {
  readonly n?: number;
  readonly id: RevisionId;
  readonly header: Bytes;
  /** None of a stub. */
  readonly blob?: Bytes;
  readonly blobHash: Bytes;
  readonly signature?: Bytes;
}
