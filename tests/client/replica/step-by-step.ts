/** Heads kept step by step as revisions come, in any order: a second way to them, beside that of the app, which works them out anew. */
import type { History, Known, Stub } from "../../../pwa/client/replica/heads.ts";
import type { RevisionId } from "../../../pwa/client/replica/ids.ts";

export const NO_HISTORY: History = { heads: [], waiting: [], broken: [], stubs: [], named: new Set() };

/** The history with one more revision, or with a better verdict on one it had. */
export function addRevision(history: History, revision: Known): History {
  const { heads, waiting, broken, stubs, named } = history;
  const isNamed = named.has(revision.id);
  if (heads.some(({ id }) => id === revision.id)) return history;
  const others = {
    waiting: without(waiting, revision.id),
    broken: without(broken, revision.id),
    stubs: without(stubs, revision.id),
  };
  switch (revision.verdict) {
    case "waiting":
      return isNamed ? history : { ...history, ...others, waiting: [...others.waiting, revision] };
    case "broken":
      return namesBeyond(revision, named) ? { ...history, ...others, broken: [...others.broken, revision] } : { ...history, ...others };
    case "stub":
      // What was here of it says more.
      if (waiting.length > others.waiting.length || broken.length > others.broken.length) return history;
      return naming({ ...history, stubs: [...others.stubs, revision] }, named);
    case "opened":
      return naming({ ...history, ...others, heads: [...heads, revision] }, withNames(named, revision.parents));
  }
}

/** The history once these ids are named. */
function naming({ heads, waiting, broken, stubs }: History, before: ReadonlySet<RevisionId>): History {
  const names = namesOf(before, stubs);
  const unnamed = ({ id }: Known) => !names.named.has(id);
  return {
    heads: heads.filter(unnamed),
    waiting: waiting.filter(unnamed),
    broken: broken.filter((one) => namesBeyond(one, names.named)),
    ...names,
  };
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

function without<Some extends Known>(revisions: readonly Some[], id: RevisionId): readonly Some[] {
  return revisions.some((revision) => revision.id === id) ? revisions.filter((revision) => revision.id !== id) : revisions;
}

function namesBeyond({ parents }: Known, named: ReadonlySet<RevisionId>): boolean {
  return parents.some((parent) => !named.has(parent));
}

function withNames(named: ReadonlySet<RevisionId>, parents: readonly RevisionId[]): ReadonlySet<RevisionId> {
  return parents.every((parent) => named.has(parent)) ? named : new Set([...named, ...parents]);
}
