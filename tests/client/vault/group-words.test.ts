import assert from "node:assert/strict";
import { test } from "node:test";
import { GROUP_WORDS, groupWordNumbers, LIST_LENGTH } from "../../../pwa/client/vault/group-words.ts";
import { GroupOfTests, people } from "./group-of-tests.ts";

test("two phones with one roll have the same words, and each entry gives others", async () => {
  const [ann, ben] = await people(2);
  assert.ok(ann && ben);
  const group = await GroupOfTests.begin(ann);
  await group.letsIn(ann, ben);
  await group.turns(ben);
  const all = await Promise.all(group.roll.ids.map(groupWordNumbers));
  for (const numbers of all) {
    assert.equal(numbers.length, GROUP_WORDS);
    assert.ok(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < LIST_LENGTH));
  }
  assert.equal(new Set(all.map(String)).size, group.roll.ids.length);
  const [last] = group.roll.ids.slice(-1);
  assert.ok(last);
  assert.deepEqual(await groupWordNumbers(last), all.at(-1));
});
