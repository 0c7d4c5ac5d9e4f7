/** Apps that are wrong in one thing each, to show that the histories would tell. */
import { type Edited, edit } from "../../../pwa/client/replica/edit.ts";
import { type History, type Known, stateOf } from "../../../pwa/client/replica/heads.ts";
import { greater } from "../../../pwa/client/replica/join.ts";
import { entriesOf, type State } from "../../../pwa/client/replica/state.ts";
import { TRASH } from "../../../pwa/client/replica/trash.ts";
import { type App, FIELDS, SOUND_APP } from "./history-phones.ts";
import { addRevision } from "./step-by-step.ts";

export const FAULTS: Readonly<Record<string, App>> = {
  "a writer is used again after a profile was restored": { ...SOUND_APP, keepsWriter: true },

  "a save replaces every entry of the field": {
    ...SOUND_APP,
    edit: (phone, asked) => {
      const all = (field: string) => entriesOf(stateOf(phone.history), field);
      return edit({ ...asked, changes: asked.changes.map((change) => ({ ...change, shown: all(change.field) })) });
    },
  },

  "the join of an older app drops the fields it does not know": {
    ...SOUND_APP,
    edit: (phone, asked) => {
      if (!phone.isOlder) return edit(asked);
      const heads = asked.heads.map((head) => ({ ...head, state: withoutUnknownFields(head.state) }));
      return edit({ ...asked, heads });
    },
  },

  "an edit names waiting revisions as parents": {
    ...SOUND_APP,
    edit: (phone, asked) => {
      const edited = edit(asked);
      return { ...edited, parents: [...edited.parents, ...phone.history.waiting.map(({ id }) => id)] };
    },
  },

  "the parents of a waiting revision are heads no more": {
    ...SOUND_APP,
    addRevision: (history, revision) => addAndHide(history, revision, "waiting"),
  },

  "the parents of a broken revision are heads no more": {
    ...SOUND_APP,
    addRevision: (history, revision) => addAndHide(history, revision, "broken"),
  },

  "an erased revision keeps its vector in the join": {
    ...SOUND_APP,
    erase: (heads) => ({
      ...SOUND_APP.erase(heads),
      state: { entries: [], writers: stateOf({ heads }).writers },
    }),
  },

  "a writer goes on although its earlier entries are not in the join": {
    ...SOUND_APP,
    edit: (_, asked) => {
      const edited = edit(asked);
      return edited.writer === asked.writer ? edited : asWriter(edited, asked.writer, asked.lastN);
    },
  },

  "a revision that leaves heads out claims to know them": {
    ...SOUND_APP,
    edit: (phone, asked) => {
      const edited = edit(asked);
      const { writers } = stateOf(phone.history);
      return { ...edited, state: { ...edited.state, writers: greater(edited.state.writers, writers) } };
    },
  },

  "what was once deleted stays deleted": {
    ...SOUND_APP,
    isInTrash: (state) => entriesOf(state, TRASH).length > 0,
  },
};

function withoutUnknownFields(state: State): State {
  const known = new Set([TRASH, ...FIELDS.filter(({ isOld }) => isOld).map(({ name }) => name)]);
  return { ...state, entries: state.entries.filter(({ field }) => known.has(field)) };
}

function addAndHide(history: History, revision: Known, verdict: Known["verdict"]): History {
  const added = addRevision(history, revision);
  if (revision.verdict !== verdict) return added;
  return {
    ...added,
    heads: added.heads.filter(({ id }) => !revision.parents.includes(id)),
    named: new Set([...added.named, ...revision.parents]),
  };
}

/** The edit as if its writer had not been a fresh one. */
function asWriter(edited: Edited, writer: Edited["writer"], lastN: number): Edited {
  const shift = lastN - edited.n + 1;
  const { [edited.writer]: _fresh, ...writers } = edited.state.writers;
  const entries = edited.state.entries.map((entry) => (entry.writer === edited.writer ? { ...entry, writer, n: entry.n + shift } : entry));
  return { ...edited, writer, n: lastN + 1, state: { entries, writers: { ...writers, [writer]: lastN + 1 } } };
}
