/** Things that a person does with a diary of two notes and a draft, for whatever goes wrong meanwhile. */
import assert from "node:assert/strict";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { Phone, type Rows } from "./phone.ts";

/** One thing a person does, and the words it leaves. */
export interface Act {
  readonly what: string;
  run(diary: Diary, words: string): Promise<unknown>;
}

export const ACTS: readonly Act[] = [
  { what: "create", run: (diary, note) => diary.create(checkIn, { note }) },
  { what: "change", run: (diary, note) => diary.change(checkIn, shown(diary, "first"), { note }) },
  {
    what: "save two at once, from a draft",
    run: async (diary, note) => {
      const draft = await diary.draft("check-in");
      try {
        await diary.save(
          [
            { type: checkIn, kept: shown(diary, "first") as never, values: { note } },
            { type: win, id: diary.newId(), values: { words: `${note}, a win` } },
          ],
          { draft },
        );
      } finally {
        draft.release();
      }
    },
  },
  { what: "trash", run: (diary) => diary.trash(checkIn, shown(diary, "second") as never) },
];

/** A diary with two notes and a draft. */
export async function begun(context: { after(done: () => void): void }): Promise<{ phone: Phone; diary: Diary }> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "first" });
  await diary.create(checkIn, { note: "second" });
  const draft = await diary.draft("check-in");
  await draft.keep({ note: "typed and not saved" });
  draft.release();
  await diary.whole();
  return { phone, diary };
}

/** All that is stored, but for what is in the vault's rows. */
export function contents({ vault, ...rows }: Rows): unknown {
  return { vault: vault.length, ...rows };
}

function shown(diary: Diary, words: string) {
  const kept = diary.all(checkIn).value.find(({ values }) => values.note?.startsWith(words));
  assert.ok(kept);
  return kept;
}
