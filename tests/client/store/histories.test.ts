/**
 * Random lives of one phone: tabs come and go, hear or do not hear each other, write at the same moment, with a clock
 * that jumps and storage that fails. Afterwards nothing typed is missing, and every way to open the diary says the same.
 *
 *   CAIRN_SEED=…       repeats a run
 *   CAIRN_HISTORIES=…  lives through that many instead of 300
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { KINDS, type Kind, Life, steps } from "./life.ts";
import { catchUp, everyText, logged, Phone, remembered } from "./phone.ts";

const HISTORIES = Number(process.env.CAIRN_HISTORIES ?? 300);
const SEED = Number(process.env.CAIRN_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** The rarest is met some 60 times in 300 lives, by chance as few as 50: far fewer, and the lives are not what they were. */
const FEWEST = 30;

/** Everything that must hold at the end of a life. */
async function check(life: Life): Promise<void> {
  const { phone, written } = life;
  const open = life.open;
  await catchUp(...open);
  for (const diary of open) await diary.whole();
  const bySnapshot = await phone.open();
  await bySnapshot.whole();
  const truth = await logged(bySnapshot);
  for (const diary of [...open, bySnapshot]) assert.deepEqual(remembered(diary), truth, "memory is not what the log says");
  const texts = await everyText(bySnapshot);
  for (const text of written) assert.ok(texts.has(text), `"${text}" was lost`);
  const { rows } = await bySnapshot.inside.log.everything();
  const there = new Set<string>(rows.map(({ read }) => read.id));
  for (const { read } of rows) {
    assert.equal(read.verdict, "opened");
    for (const parent of read.parents) assert.ok(there.has(parent), "a revision names a parent that is not there");
  }
  const held = await Promise.all([0, ...life.drafts].map(() => bySnapshot.draft("check-in")));
  const left = held.map((draft) => draft.left);
  for (const note of life.drafts)
    assert.ok(
      left.some((one) => (one as { note?: string } | null)?.note === note),
      `the draft "${note}" was lost`,
    );
  await phone.forgetSnapshot();
  assert.deepEqual(remembered(await phone.open()), truth, "read from the log alone it says something else");
}

test(`nothing typed is lost in ${HISTORIES} lives (CAIRN_SEED=${SEED})`, async (context) => {
  const met = new Map<Kind, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 40, size: "max" }), async (life) => {
      const ends: (() => void)[] = [];
      try {
        const lived = new Life(new Phone({ after: (end: () => void) => ends.push(end) }), met);
        for (const step of life) await lived.live(step);
        await check(lived);
      } finally {
        for (const end of ends) end();
      }
    }),
    { seed: SEED, numRuns: HISTORIES },
  );
  const counted = KINDS.map((kind) => [kind, met.get(kind) ?? 0] as const);
  for (const [kind, count] of counted) context.diagnostic(`${String(count).padStart(7)}  ${kind}`);
  const fewest = HISTORIES < 300 ? 0 : FEWEST;
  const tooFew = counted.filter(([, count]) => count < fewest).map(([kind]) => kind);
  assert.deepEqual(tooFew, [], `a run must meet each of these at least ${fewest} times`);
});
