/** What the indexes say, a look at every record would say: after any life, and before all months are in memory. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import type { Day } from "../../../pwa/client/domain/day.ts";
import { diaryPages } from "../../../pwa/client/domain/diary.ts";
import { activity, checkIn, roughDay, session, win } from "../../../pwa/client/domain/record-types.ts";
import { lastDoneIn } from "../../../pwa/client/domain/today.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { byDay } from "../domain/by-day.ts";
import { DAY, daysAgo, Phone } from "./phone.ts";

const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const TYPES = [checkIn, roughDay, session, win] as const;

/** Make, change, move, delete and put back things at random. */
async function live(diary: Diary, chance: () => number, { acts, now }: { acts: number; now: number }): Promise<void> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const someDay = (): Day | undefined => pick([daysAgo(Math.floor(chance() * 400)), daysAgo(Math.floor(chance() * 3)), undefined]);
  const someTime = () => pick([undefined, Math.round(now - chance() * 400 * DAY)]);
  for (let act = 0; act < acts; act++) {
    const type = pick(TYPES);
    const activities = diary.all(activity).value;
    const ofSession = type === session && activities.length > 0 ? { activity: pick(activities).id } : {};
    const values = { day: someDay(), written: someTime(), offset: pick([undefined, 0, 840, -600]), ...ofSession };
    const there = diary.all(type).value;
    const kept = there.length > 0 && chance() < 0.5 ? pick<(typeof there)[number]>(there) : undefined;
    const trashed = diary.trashed(TYPES).value;
    if (chance() < 0.1) await diary.create(activity, { name: `Walk ${act}` });
    else if (trashed.length > 0 && chance() < 0.3) await diary.putBack(pick(trashed).type, pick(trashed).kept.id);
    else if (kept === undefined) await diary.create(type, values);
    else if (chance() < 0.4) await diary.trash(type, kept as never);
    else await diary.change(type, kept as never, values);
  }
}

function isAsLookedThrough(diary: Diary, when: string): void {
  for (const type of TYPES) {
    const [index, looked] = [diary.byDay(type).value, byDay(diary.all(type).value)];
    assert.deepEqual(new Set(index.days()), looked.days(), `${when}: days of ${type.name}`);
    for (const day of index.days()) assert.deepEqual(ids(index.of(day)), ids(looked.of(day)), `${when}: ${type.name} on ${day}`);
  }
  assert.deepEqual(diary.lastDone, lastDoneIn(diary.all(session).value), `${when}: last done`);
}

function pagesOf(diary: Diary) {
  const of = { checkIns: diary.byDay(checkIn), roughDays: diary.byDay(roughDay), sessions: diary.byDay(session), wins: diary.byDay(win) };
  const pages = diaryPages({
    checkIns: of.checkIns.value,
    roughDays: of.roughDays.value,
    sessions: of.sessions.value,
    wins: of.wins.value,
  });
  return pages.map(({ day, went, entries }) => ({ day, went, entries: entries.map(({ id }) => id) }));
}

function ids(records: readonly { readonly id: string }[]): readonly string[] {
  return records.map(({ id }) => id).sort();
}

async function isTrueOfALife(context: TestContext, chance: () => number): Promise<void> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  for (const stage of [1, 2, 3, 4]) {
    await live(diary, chance, { acts: 25, now: phone.clock });
    isAsLookedThrough(diary, `stage ${stage}`);
  }
  await diary.whole();
  await diary.rest();
  const again = await phone.open();
  assert.equal(again.isWhole.value, false, "a snapshot was to be there");
  isAsLookedThrough(again, "opened");
  assert.deepEqual(again.lastDone, diary.lastDone, "when each activity was last done, before the rest is here");
  for (const type of TYPES) {
    assert.deepEqual(ids(again.byDay(type).value.of(daysAgo(0))), ids(diary.byDay(type).value.of(daysAgo(0))), `today's ${type.name}`);
  }
  await again.whole();
  isAsLookedThrough(again, "whole");
  assert.deepEqual(pagesOf(again), pagesOf(diary), "the pages");
  phone.close(diary);
  phone.close(again);
}

/** Chances that follow from a seed: mulberry32. */
function chancesFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`an index says what a look at everything says (CAIRN_SEED=${SEED})`, async (context) => {
  const lives = fc.asyncProperty(fc.integer(), (seed) => isTrueOfALife(context, chancesFrom(seed)));
  await fc.assert(lives, { seed: SEED, numRuns: 12, endOnFailure: true });
});
