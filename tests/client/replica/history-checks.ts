/**
 * What must hold of a history once everything has reached everyone. Each rule is told from the
 * ledger of what people typed and saw, not from the merge's own vectors. Gives the rules broken.
 */
import { headsOf, type Opened, stateOf } from "../../../pwa/client/replica/heads.ts";
import type { RevisionId } from "../../../pwa/client/replica/ids.ts";
import { join, joinAll } from "../../../pwa/client/replica/join.ts";
import { canonical, EMPTY, isErased, type State } from "../../../pwa/client/replica/state.ts";
import { TRASH } from "../../../pwa/client/replica/trash.ts";
import type { Lived } from "./histories.ts";
import { type App, entryKey } from "./history-phones.ts";
import { Chance } from "./history-steps.ts";

export function brokenRules(lived: Lived, app: App): readonly string[] {
  const [first] = lived.phones;
  if (first === undefined) return ["nobody lived"];
  const state = stateOf(first.history);
  const opened = openedRevisions(lived);
  return [
    ...lived.broken,
    ...phonesThatDiffer(lived, state),
    ...ordersThatDiffer(headsOf(opened), state),
    ...headsThatSayLess(opened, state),
    ...stringsNowhere(lived, opened),
    ...vanishedUnseen(lived, opened, state),
    ...wronglyInTrash(lived, state, app),
  ];
}

function phonesThatDiffer({ phones }: Lived, state: State): readonly string[] {
  const same = canonical(state);
  return phones.some((phone) => canonical(stateOf(phone.history)) !== same) ? ["phones end differently"] : [];
}

/** The heads joined in other orders, other brackets, and some of them twice. */
function ordersThatDiffer(heads: readonly Opened[], state: State): readonly string[] {
  const chance = new Chance(heads.length);
  for (let round = 0; round < 3; round++) {
    const states = chance.shuffled([...heads, ...heads.slice(0, 2)]).map((head) => head.state);
    while (states.length > 1) {
      const [one = EMPTY] = states.splice(chance.below(states.length), 1);
      const [other = EMPTY] = states.splice(chance.below(states.length), 1);
      states.push(join(one, other));
    }
    if (canonical(states[0] ?? EMPTY) !== canonical(state)) return ["the order of joining matters"];
  }
  return [];
}

/** Where nothing was erased, the heads say all that all revisions together say. */
function headsThatSayLess(opened: readonly Opened[], state: State): readonly string[] {
  if (opened.some((one) => isErased(one.state))) return [];
  const all = joinAll(opened.map((one) => one.state));
  return canonical(all) === canonical(state) ? [] : ["the heads say less than all revisions"];
}

/** Everything ever typed is in a revision that can be reached from the heads. */
function stringsNowhere({ ledger }: Lived, opened: readonly Opened[]): readonly string[] {
  const reached = pastOf(opened, headsOf(opened));
  const kept = new Set<string>();
  for (const { id, state } of opened) {
    if (reached.has(id)) for (const entry of state.entries) kept.add(entryKey(entry));
  }
  const nowhere = [...ledger.typed].filter((key) => !kept.has(key));
  return nowhere.length > 0 ? [`typed and nowhere: ${nowhere[0]}`] : [];
}

/**
 * What a revision said is said at the end, unless somebody who was shown it replaced it. Revisions
 * that an eraser knew are erased; one that no eraser knew keeps all it says, its old fields too.
 */
function vanishedUnseen({ ledger }: Lived, opened: readonly Opened[], state: State): readonly string[] {
  const erasures = opened.filter((one) => isErased(one.state));
  const erased = pastOf(opened, erasures);
  const there = new Set(state.entries.map(entryKey));
  const lost = opened
    .filter(({ id }) => !erased.has(id))
    .flatMap((revision) => revision.state.entries.map(entryKey))
    .find((key) => !there.has(key) && !ledger.replacedSeen.has(key));
  return lost === undefined ? [] : [`vanished unseen: ${lost}`];
}

/** In the trash are just those records of which everything was shown to somebody who deleted it. */
function wronglyInTrash({ ledger }: Lived, state: State, app: App): readonly string[] {
  const trash = state.entries.filter(({ field }) => field === TRASH);
  const seen = new Set(trash.flatMap((entry) => [...(ledger.trashedSeen.get(entryKey(entry)) ?? [])]));
  const others = state.entries.filter(({ field }) => field !== TRASH);
  const belongs = trash.length > 0 && others.every((entry) => seen.has(entryKey(entry)));
  return belongs === app.isInTrash(state) ? [] : ["the trash holds what nobody deleted, or lacks what was"];
}

/** These revisions and all that they name, directly or not. */
function pastOf(opened: readonly Opened[], from: readonly Opened[]): ReadonlySet<RevisionId> {
  const byId = new Map(opened.map((revision) => [revision.id, revision]));
  const past = new Set<RevisionId>();
  const left = from.map(({ id }) => id);
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (past.has(id)) continue;
    past.add(id);
    left.push(...(byId.get(id)?.parents ?? []));
  }
  return past;
}

/** Every sound revision that was ever sent, as one who can read all of them sees it. */
function openedRevisions({ ledger }: Lived): readonly Opened[] {
  return [...ledger.sent.values()].flatMap(({ id, says: { parents, body } }) =>
    body === null ? [] : [{ id, parents, kind: "edit", verdict: "opened", state: body.state } as const],
  );
}
