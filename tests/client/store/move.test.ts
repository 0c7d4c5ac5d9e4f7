/** A diary that was begun on this phone goes into a vault that its person has elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { lockWith, takeLockOff } from "../../../pwa/client/store/lock.ts";
import { moveInto } from "../../../pwa/client/store/move.ts";
import { slotsForWords, unlockWithWords } from "../../../pwa/client/store/words-door.ts";
import { sealing } from "../../../pwa/client/vault/sealing.ts";
import { makeVault } from "../vault/vault-of-tests.ts";
import { contents } from "./acts.ts";
import { type Fault, KINDS_OF_FAULTS, plan } from "./faults.ts";
import { apart, everyText, logged, Phone, remembered } from "./phone.ts";
import { meaning } from "./written-at-random.ts";

const WORDS = "five slow geese by the water";
const slotFor = await slotsForWords(WORDS);

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
  await moveInto(diary, { sealing, vault });
  await assert.rejects(() => diary.create(win, { words: "late" }), { code: "gone" });
  const moved = await phone.open();
  await moved.whole();
  assert.equal(moved.inside.keys.space, vault.space);
  assert.deepEqual(await meaning(moved), before);
  assert.deepEqual(await everyText(moved), texts);
  assert.deepEqual(remembered(moved), await logged(moved));
  assert.deepEqual((await moved.draft("check-in")).left, { note: "typed and not saved" });
});

/** Seals as the app does; at the draft, which is sealed last before the door is made anew, something happens first. */
function meanwhile(happens: () => Promise<unknown>): typeof sealing {
  let isOver = false;
  const sealLocal: typeof sealing.sealLocal = async (...asked) => {
    if (!isOver) await happens();
    isOver = true;
    return sealing.sealLocal(...asked);
  };
  return { ...sealing, sealLocal };
}

/** The same, right after the door was made anew: by the first thing that is sealed after the draft. */
function atTheDoor(happens: () => Promise<unknown>): typeof sealing {
  let isArmed = true;
  const sealLocal: typeof sealing.sealLocal = async (...asked) => {
    const sealed = await sealing.sealLocal(...asked);
    if (!isArmed) return sealed;
    isArmed = false;
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = async (...parts) => {
      crypto.subtle.encrypt = encrypt;
      const wrapped = await encrypt(...parts);
      await happens();
      return wrapped;
    };
    return sealed;
  };
  return { ...sealing, sealLocal };
}

for (const [when, start] of [
  ["before the door is made anew", meanwhile],
  ["after", atTheDoor],
] as const) {
  test(`locked in another tab meanwhile, ${when}: nothing is moved, and the words open it all`, async (context) => {
    const { phone, diary } = await lived(context);
    const [before, other] = [await meaning(diary), await phone.open()];
    const lock = (): Promise<void> => lockWith(other, { minutes: 1, slotFor, again: slotFor });
    await assert.rejects(moveInto(diary, { sealing: start(lock), vault: await makeVault() }), { code: "no-key" });
    assert.deepEqual(
      (await phone.rows()).vault.map(([key]) => key),
      ["lock", "slot"],
    );
    const again = await phone.open();
    assert.equal(again.phase.value, "locked");
    await unlockWithWords(again, WORDS);
    await again.whole();
    assert.deepEqual(await meaning(again), before);
    assert.deepEqual((await again.draft("check-in")).left, { note: "typed and not saved" });
  });

  test(`locked and unlocked in another tab meanwhile, ${when}: it moves behind the door that is there then`, async (context) => {
    const { phone, diary } = await lived(context);
    const [before, other, vault] = [await meaning(diary), await phone.open(), await makeVault()];
    const happens = async (): Promise<void> => {
      await lockWith(other, { minutes: 1, slotFor, again: slotFor });
      await takeLockOff(other);
    };
    await moveInto(diary, { sealing: start(happens), vault });
    const again = await phone.open();
    assert.equal(again.phase.value, "open");
    await again.whole();
    assert.equal(again.inside.keys.space, vault.space);
    assert.deepEqual(await meaning(again), before);
  });
}

test("the lock was taken off in another tab: it moves behind the door that opens at once", async (context) => {
  const { phone, diary } = await lived(context);
  await lockWith(diary, { minutes: 1, slotFor, again: slotFor });
  const locked = await phone.open();
  await unlockWithWords(locked, WORDS);
  await takeLockOff(locked);
  await moveInto(diary, { sealing, vault: await makeVault() });
  assert.deepEqual(
    (await phone.rows()).vault.map(([key]) => key),
    ["device-key", "slot"],
  );
  assert.equal((await phone.open()).phase.value, "open");
});

test("where the browser says that it failed, and it has moved, it is said to have moved", async (context) => {
  const { phone, diary } = await lived(context);
  const [before, vault] = [await meaning(diary), await makeVault()];
  const planned = plan({ fault: "lost-after-commit", at: 1, isWriting: true });
  await moveInto(diary, { sealing, vault }).finally(() => planned.end());
  assert.ok(planned.isMet);
  const again = await phone.open();
  await again.whole();
  assert.equal(again.inside.keys.space, vault.space);
  assert.deepEqual(await meaning(again), before);
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
  const came = await moveInto(diary, { sealing, vault })
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
