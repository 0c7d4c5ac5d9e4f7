/** A file that is cut or changed, or a phone that fails while it is read back: all of it or nothing, with a reason. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FileRefused } from "../../../pwa/client/domain/file.ts";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import { StoreFailure } from "../../../pwa/client/store/failures.ts";
import { readBack, saveToText } from "../../../pwa/client/store/file.ts";
import { FAULTS, plan } from "./faults.ts";
import { catchUp, everyText, logged, Phone, remembered } from "./phone.ts";
import { acts, MADE, meaning, SEED, sample, writtenAtRandom } from "./written-at-random.ts";

test("a file cut anywhere is refused, and nothing of it is taken", async (context) => {
  const { diary } = await writtenAtRandom(context, sample(acts));
  for (let i = 0; i < 20; i++) await diary.create(checkIn, { note: `note ${i}` });
  const file = await saveToText(diary, MADE);
  const phone = new Phone(context);
  const other = await phone.begin();
  await other.create(win, { words: "already here" });
  const before = await phone.rows();
  let cuts = 0;
  for (let end = 0; end < file.length - 2; end += 1_000) {
    await assert.rejects(() => readBack(other, file.slice(0, end)), FileRefused, `cut at ${end}`);
    cuts++;
  }
  assert.ok(cuts > 10);
  assert.deepEqual(await phone.rows(), before);
});

test(`whatever a file says, it is taken whole or refused with a reason (CAIRN_SEED=${SEED})`, async (context) => {
  const { diary } = await writtenAtRandom(context, [
    [0, 0, "a note"],
    [0, 1, "a goal"],
    [4, 0, "another note"],
    [0, 2, "a win"],
  ]);
  const file: unknown = JSON.parse(await saveToText(diary, MADE));
  const places = placesIn(file);
  const phone = new Phone(context);
  const other = await phone.begin();
  await other.create(win, { words: "already here" });
  const rubbish = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>("", -1, 1.5, 2 ** 60, null, [], {}, "__proto__", "x".repeat(300), [[[]]]),
  );
  let [refused, taken] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), rubbish, async (place, value) => {
      const before = await phone.rows();
      const wasHere = await everyText(other);
      try {
        await readBack(other, JSON.stringify(changedAt(file, place, value)));
        taken++;
        for (const text of wasHere) assert.ok((await everyText(other)).has(text));
        assert.deepEqual(remembered(other), await logged(other), place.join("."));
      } catch (cause) {
        assert.ok(cause instanceof FileRefused, `${place.join(".")}: ${cause}`);
        assert.deepEqual(await phone.rows(), before, place.join("."));
        refused++;
      }
    }),
    { seed: SEED, numRuns: 400 },
  );
  context.diagnostic(`${refused} refused, ${taken} taken`);
  assert.ok(refused > 100 && taken > 5);
  assert.equal(
    other.all(win).value.some(({ values }) => values.words === "already here"),
    true,
  );
});

test("a phone that fails while a file is read back has all of it or nothing, and the next try brings it once", async (context) => {
  const { diary } = await writtenAtRandom(context, [
    [0, 0, "a note"],
    [4, 0, "another note"],
    [0, 2, "a win"],
    [9, 0, "both"],
  ]);
  const file = await saveToText(diary, MADE);
  for (const fault of FAULTS) {
    for (let at = 1, isMet = true; isMet; at += 2) {
      const phone = new Phone(context);
      const other = await phone.begin();
      const planned = plan({ fault, at });
      const came: unknown = await readBack(other, file).catch((cause: unknown) => cause);
      planned.end();
      isMet = planned.isMet;
      if (came instanceof Error) {
        assert.ok(came instanceof StoreFailure, `${fault} ${at}: ${came}`);
        assert.deepEqual((await phone.rows()).revisions, [], `${fault} ${at}`);
      }
      await readBack(other, file);
      await catchUp(other);
      assert.deepEqual(await meaning(other), await meaning(diary), `${fault} ${at}`);
      phone.close(other);
    }
  }
});

type Place = readonly (string | number)[];

/** Every place in a JSON value. */
function placesIn(json: unknown, at: Place = []): Place[] {
  if (typeof json !== "object" || json === null) return [at];
  return [at, ...Object.entries(json).flatMap(([key, inside]) => placesIn(inside, [...at, key]))].filter((place) => place.length > 0);
}

function changedAt(json: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((inside, i) => (String(i) === String(key) ? changedAt(inside, rest, value) : inside));
  return Object.fromEntries(
    Object.entries(json as object).map(([name, inside]) => [name, name === key ? changedAt(inside, rest, value) : inside]),
  );
}
