/**
 * A diary written at random, in two tabs that do not always hear each other.
 *
 *   CAIRN_SEED=…  repeats a run
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { line } from "../../../pwa/client/domain/field.ts";
import { checkIn, goal, win } from "../../../pwa/client/domain/record-types.ts";
import { recordType } from "../../../pwa/client/domain/schema.ts";
import { canonical } from "../../../pwa/client/replica/state.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { catchUp, Phone } from "./phone.ts";

export const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** When the files of these tests were made. */
export const MADE = "2026-05-14T12:00:00.000Z";
/** A type and a field that a later app may have. */
export const later = recordType("letter", { to: line(), note: line() });

export type Context = { after(done: () => void): void };

/** Write at random, in two tabs that do not always hear each other. */
export async function write(phone: Phone, tabs: readonly Diary[], acts: readonly (readonly [number, number, string])[]): Promise<void> {
  const types = [checkIn, goal, win, later] as const;
  for (const [kind, which, text] of acts) {
    const diary = tabs[which % tabs.length];
    assert.ok(diary);
    const type = types[which % types.length] ?? checkIn;
    const field = type === checkIn || type === later ? "note" : "words";
    const all = diary.all(type as typeof checkIn).value;
    const kept = all[which % Math.max(1, all.length)];
    if (kind < 3 || kept === undefined) await diary.save([{ type, id: diary.newId(), values: { [field]: text, "unknown field": text } }]);
    else if (kind < 7) await diary.save([{ type, kept: kept as never, values: { [field]: text } }]);
    else if (kind < 8) await diary.trash(type, kept as never);
    else if (kind < 9) await catchUp(...tabs);
    else await Promise.all(tabs.map((tab, i) => tab.save([{ type, kept: kept as never, values: { [field]: `${text} ${i}` } }])));
    phone.clock += 1_000;
  }
  await catchUp(...tabs);
}

export async function writtenAtRandom(
  context: Context,
  acts: readonly (readonly [number, number, string])[],
): Promise<{ phone: Phone; diary: Diary }> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const other = await phone.open();
  phone.setDeaf(other, true);
  await write(phone, [diary, other], acts);
  return { phone, diary };
}

/** What each record says, and the descent of its revisions by what they say: ids are each phone's own. */
export async function meaning(diary: Diary): Promise<unknown> {
  const { rows } = await diary.inside.log.everything();
  const saying = new Map(rows.map(({ read }) => [read.id, read.state === null ? "" : canonical(read.state)]));
  return {
    records: [...diary.inside.records.items()].map(({ id, type, state }) => `${id} ${type} ${canonical(state)}`).sort(),
    revisions: rows
      .map(
        ({ record, read }) => `${record} ${read.type} ${saying.get(read.id)} on ${read.parents.map((parent) => saying.get(parent)).sort()}`,
      )
      .sort(),
  };
}

export const acts = fc.array(fc.tuple(fc.nat(9), fc.nat(30), fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" })), {
  minLength: 1,
  maxLength: 25,
});

/** Try it with many values. */
export async function inMany<T>(given: fc.Arbitrary<T>, runs: number, work: (context: Context, value: T) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(given, async (value) => {
      const ends: (() => void)[] = [];
      try {
        await work({ after: (end) => ends.push(end) }, value);
      } finally {
        for (const end of ends) end();
      }
    }),
    { seed: SEED, numRuns: runs },
  );
}

/** One value. */
export function sample<T>(given: fc.Arbitrary<T>): T {
  const [one] = fc.sample(given, { numRuns: 1, seed: SEED });
  assert.ok(one !== undefined);
  return one;
}
