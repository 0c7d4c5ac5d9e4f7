/** A diary that was begun on this phone goes into a vault that its person has elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { moveInto } from "../../../pwa/client/store/move.ts";
import { sealing } from "../../../pwa/client/vault/sealing.ts";
import { makeVault } from "../vault/vault-of-tests.ts";
import { contents } from "./acts.ts";
import { type Fault, KINDS_OF_FAULTS, plan } from "./faults.ts";
import { apart, everyText, logged, Phone, remembered } from "./phone.ts";
import { meaning } from "./written-at-random.ts";

async function lived(context: { after(done: () => void): void }): Promise<{ phone: Phone; diary: Diary }> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const other = await phone.open();
  phone.setDeaf(other, true);
  const id = await diary.create(checkIn, { note: "first" });
  await other.inside.log.readOn();
  for (const [tab, note] of [
    [diary, "on one"],
    [other, "on the other"],
  ] as const) {
    const kept = tab.one(checkIn, id);
    assert.ok(kept);
    await tab.change(checkIn, kept, { note });
  }
  for (let i = 0; i < 50; i++) await diary.create(win, { words: `win ${i}` });
  const draft = await diary.draft("check-in");
  await draft.keep({ note: "typed and not saved" });
  draft.release();
  phone.close(other);
  await diary.inside.log.readOn();
  await diary.rest();
  return { phone, diary };
}

test("all of it is there under the other vault's key: records, entries, descent, earlier words and drafts", async (context) => {
  const { phone, diary } = await lived(context);
  const [before, texts] = [await meaning(diary), await everyText(diary)];
  const vault = await makeVault();
  await moveInto(diary, { sealing, vault, words: null });
  await assert.rejects(() => diary.create(win, { words: "late" }), { code: "gone" });
  const moved = await phone.open();
  await moved.whole();
  assert.equal(moved.inside.keys.space, vault.space);
  assert.deepEqual(await meaning(moved), before);
  assert.deepEqual(await everyText(moved), texts);
  assert.deepEqual(remembered(moved), await logged(moved));
  assert.deepEqual((await moved.draft("check-in")).left, { note: "typed and not saved" });
});

for (const faults of KINDS_OF_FAULTS) {
  test(`whatever fails meanwhile (${faults.join(", ")}), the diary is as it was, or has moved`, async (context) => {
    let [at, isMet] = [1, true];
    for (; isMet; at += faults.length === 4 ? 7 : 1)
      isMet = await apart((ends) => moveWith(ends, faults[at % faults.length] ?? "full", at));
    context.diagnostic(`${at} steps`);
  });
}

async function moveWith(context: { after(done: () => void): void }, fault: Fault, at: number): Promise<boolean> {
  const { phone, diary } = await lived(context);
  const [before, rows, vault] = [await meaning(diary), contents(await phone.rows()), await makeVault()];
  const planned = plan({ fault, at });
  const came = await moveInto(diary, { sealing, vault, words: null })
    .then(
      () => "moved",
      () => "failed",
    )
    .finally(() => planned.end());
  const again = await phone.open();
  await again.whole();
  if (came === "failed" && again.inside.keys.space !== vault.space) assert.deepEqual(contents(await phone.rows()), rows);
  assert.deepEqual(await meaning(again), before);
  return planned.isMet;
}
