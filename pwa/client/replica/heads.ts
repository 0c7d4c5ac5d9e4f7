/**
 * Heads: the revisions of one record that no opened revision of that record names as parent. What
 * the record says is the join of their states. Each phone works its heads out for itself.
 *
 * Only what was *opened* counts, because only that is proven to come from somebody with the key:
 *
 *   a ← b          b opened                        heads: b
 *   a ← b          b waits (newer format, no key)  heads: a        waiting: b
 *   a ← b          b is broken                     heads: a        b is as absent
 *
 * A *stub* has no content any more. It shows nothing; but once an opened revision stands on it, over any number of stubs,
 * its id is pinned by that one, and with it the parents it names:
 *
 *   a ← s ← b      s is a stub     heads: b        without s nobody could tell that b stands on a
 *   a ← s          s is a stub     heads: a        anyone could have sent it
 *
 * Were the parents of a waiting or broken revision no longer heads, anyone could make a diary look
 * empty by sending rubbish that names its heads. A waiting revision is left as it is and never named
 * as parent: a later revision that named it without having read it would hide its words for good.
 *
 * Revisions come in any order, children before parents too. A verdict may change from *waiting* to
 * another, and from *broken* to *opened* (sound bytes came after damaged ones); *opened* stays.
 */
import type { RevisionId } from "./ids.ts";
import { joinAll } from "./join.ts";
import type { State } from "./state.ts";

export type Opened = Named & { readonly verdict: "opened"; readonly state: State };
export type Waiting = Named & { readonly verdict: "waiting"; readonly state: null };
export type Broken = Named & { readonly verdict: "broken"; readonly state: null };

export type Stub = Named & { readonly verdict: "stub"; readonly state: null };

/** What a phone knows of one revision. An erase has no body and opens with the state EMPTY. */
export type Known = Opened | Waiting | Broken | Stub;

type Named = {
  readonly id: RevisionId;
  /** None where the header is of a newer format and cannot be read. */
  readonly parents: readonly RevisionId[];
  readonly kind: "edit" | "erase";
};

/** All that later arrivals depend on, for one record. */
export type History = {
  readonly heads: readonly Opened[];
  readonly waiting: readonly Waiting[];
  /** Those that name what might be a head. */
  readonly broken: readonly Broken[];
  /** Those that nothing pins yet. */
  readonly stubs: readonly Stub[];
  /** Every id that an opened revision, or a stub it pins, names as parent, whether that parent is here yet or not. */
  readonly named: ReadonlySet<RevisionId>;
};

/** The history of one record from all its known revisions, each id once or with the same verdict. */
export function historyOf(revisions: readonly Known[]): History {
  const byId = new Map(revisions.map((revision) => [revision.id, revision]));
  const all = [...byId.values()];
  const opened = all.filter((one) => one.verdict === "opened");
  const names = namesOf(
    new Set(opened.flatMap(({ parents }) => parents)),
    all.filter((one) => one.verdict === "stub"),
  );
  const unnamed = ({ id }: Known) => !names.named.has(id);
  return {
    heads: opened.filter(unnamed),
    waiting: all.filter((one) => one.verdict === "waiting").filter(unnamed),
    broken: all.filter((one) => one.verdict === "broken").filter((one) => namesBeyond(one, names.named)),
    ...names,
  };
}

/** The opened revisions that no opened one names. */
export function headsOf(revisions: readonly Known[]): readonly Opened[] {
  return historyOf(revisions).heads;
}

/** What is named once the stubs that are named name their own parents; and the stubs that nothing pins. */
function namesOf(named: ReadonlySet<RevisionId>, stubs: readonly Stub[]): Pick<History, "named" | "stubs"> {
  const pinned = stubs.filter(({ id }) => named.has(id));
  if (pinned.length === 0) return { named, stubs };
  const more = withNames(
    named,
    pinned.flatMap(({ parents }) => parents),
  );
  return namesOf(
    more,
    stubs.filter(({ id }) => !named.has(id)),
  );
}

/** What the record says, as far as it can be read here. */
export function stateOf({ heads }: Pick<History, "heads">): State {
  return joinAll(heads.map(({ state }) => state));
}

/**
 * Whether a revision that cannot be opened names a head. Others may take that head for superseded and
 * drop its bytes; a phone that may write the record then writes it anew, as an edit without changes.
 * What it wrote is named by nobody, so once is enough, also where what waits is sound and opens later.
 */
export function needsWritingAnew({ heads, waiting, broken }: History): boolean {
  return heads.some(({ id }) => [...waiting, ...broken].some(({ parents }) => parents.includes(id)));
}

function namesBeyond({ parents }: Known, named: ReadonlySet<RevisionId>): boolean {
  return parents.some((parent) => !named.has(parent));
}

function withNames(named: ReadonlySet<RevisionId>, parents: readonly RevisionId[]): ReadonlySet<RevisionId> {
  return parents.every((parent) => named.has(parent)) ? named : new Set([...named, ...parents]);
}
