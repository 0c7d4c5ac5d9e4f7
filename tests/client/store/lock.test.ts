/** The lock: one door at every moment, and nothing that opens it unasked beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import { takeVault } from "../../../pwa/client/store/asking-door.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { lockAfter, lockWith, readDoor, takeLockOff } from "../../../pwa/client/store/lock.ts";
import { moveInto } from "../../../pwa/client/store/move.ts";
import { beginWithWords, slotsForWords, unlockWithWords, verifyWords } from "../../../pwa/client/store/words-door.ts";
import { wipeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { sealing } from "../../../pwa/client/vault/sealing.ts";
import { makeVault } from "../vault/vault-of-tests.ts";
import { FAULTS, type Fault, plan } from "./faults.ts";
import { apart, Phone, remembered } from "./phone.ts";

const WORDS = "five slow geese by the water";
const OTHERS = "five slow ducks by the water";

const slotFor = await slotsForWords(WORDS);
const lock = (diary: Diary, minutes: number | null = 15) => lockWith(diary, { minutes, slotFor, again: slotFor });

async function keysOf(phone: Phone): Promise<string[]> {
  return (await phone.rows()).vault.map(([key]) => String(key));
}

test("with the lock on, nothing on the phone opens the diary but what is asked for", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(win, { words: "Rested" });
  for (const row of ["keys", "device-pair"] as const) await phone.tamper("vault", row, `a ${row}`);
  await lock(diary);
  const rows = new Map((await phone.rows()).vault);
  assert.deepEqual([...rows.keys()], ["keys", "lock", "slot"]);
  assert.equal(rows.get("keys"), "a keys", "sealed, it stays as it is");
  assert.equal((rows.get("slot") as { kind: string }).kind, "passphrase");
  assert.equal(rows.get("lock"), 15);
  const again = await phone.open();
  assert.equal(again.phase.value, "locked");
  assert.deepEqual(again.all(win).value, []);
  await assert.rejects(unlockWithWords(again, OTHERS), { code: "wrong-words" });
  assert.equal(again.phase.value, "locked");
  await unlockWithWords(again, WORDS);
  assert.deepEqual(remembered(again), remembered(diary));
});

test("the tab that locked goes on, and writes what the words open", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await lock(diary);
  await diary.create(win, { words: "Afterwards" });
  const vault = await takeVault(diary);
  assert.equal(vault.space, diary.inside.keys.space);
  wipeVaultKey(vault.key);
  const again = await phone.open();
  await unlockWithWords(again, WORDS);
  assert.equal(again.all(win).value.length, 1);
});

test("a tab that was open by the phone's own key has nothing to lend once another has locked", async (context) => {
  const phone = new Phone(context);
  const [diary, other] = [await phone.begin(), await phone.open()];
  await lock(diary);
  await assert.rejects(takeVault(other), { code: "no-key" });
});

test("another time, other words, and off again: each time only that opens it", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await lock(diary);
  await lockAfter(diary, 1);
  assert.equal((await readDoor(diary.ground.database)).minutes, 1);
  const others = await slotsForWords(OTHERS);
  await lockWith(diary, { minutes: 1, slotFor: others, again: others });
  await assert.rejects(verifyWords(diary.ground.database, WORDS), { code: "wrong-words" });
  await verifyWords(diary.ground.database, OTHERS);
  const asleep = await phone.open();
  assert.equal(await takeLockOff(diary), true);
  assert.deepEqual(await keysOf(phone), ["device-key", "slot"]);
  assert.equal((await phone.open()).phase.value, "open");
  await asleep.look();
  assert.equal(asleep.phase.value, "open", "a tab that was locked opens with it");
  const vault = await takeVault(diary);
  assert.equal(vault.key.id, diary.inside.keys.keyId);
});

test("a browser that keeps no key still asks when the lock is off", async (context) => {
  const phone = new Phone(context);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...values: Parameters<typeof put>) {
    if (values[0] instanceof CryptoKey) throw new DOMException("A key cannot be cloned.", "DataCloneError");
    return put.apply(this, values);
  };
  context.after(() => {
    IDBObjectStore.prototype.put = put;
  });
  const diary = await phone.open();
  await beginWithWords(diary, WORDS);
  await lockAfter(diary, 5);
  assert.deepEqual(await keysOf(phone), ["lock", "slot"]);
  assert.equal(await takeLockOff(diary), false);
  assert.deepEqual(await keysOf(phone), ["slot"]);
  assert.equal((await phone.open()).phase.value, "locked");
});

test("a slot that was damaged, or is of a later format, says so and is left as it is", async (context) => {
  const phone = new Phone(context);
  await lock(await phone.begin());
  const slot = new Map((await phone.rows()).vault).get("slot") as Record<string, unknown>;
  for (const [damaged, code] of [
    [{ ...slot, wrapped: "" }, "no-key"],
    [{ ...slot, salt: "AAAA" }, "no-key"],
    [{ ...slot, format: 2 }, "later-version"],
  ] as const) {
    await phone.tamper("vault", "slot", damaged);
    const again = await phone.open();
    assert.equal(again.phase.value, "locked");
    await assert.rejects(readDoor(again.ground.database), { code });
    await assert.rejects(unlockWithWords(again, WORDS), { code });
    assert.deepEqual(new Map((await phone.rows()).vault).get("slot"), damaged);
  }
});

test("a diary that words open moves into another vault, which the same words open", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(checkIn, { note: "first" });
  await lock(diary);
  const vault = await makeVault();
  await moveInto(diary, { sealing, vault });
  const moved = await phone.open();
  assert.equal(moved.phase.value, "locked");
  await unlockWithWords(moved, WORDS);
  assert.equal(moved.inside.keys.space, vault.space);
  assert.equal(moved.all(checkIn).value.length, 1);
});

test("a tab hears that the diary was taken off the phone; one whose diary is there is told nothing", async (context) => {
  const phone = new Phone(context);
  const [diary, other] = [await phone.begin(), await phone.open()];
  await other.look();
  assert.equal(phone.left.size, 0);
  await moveInto(diary, { sealing, vault: await makeVault() });
  await other.look();
  assert.deepEqual([...phone.left], [other]);
});

for (const fault of FAULTS) {
  for (const [what, isLocked] of [
    ["turning the lock on", false],
    ["turning it off", true],
  ] as const) {
    test(`"${fault}" at any step of ${what}: one door that opens, and all that was written`, async () => {
      for (let at = 1, isMet = true; isMet; at++) isMet = await apart((ends) => switchWith(ends, { fault, at, isLocked }));
    });
  }
}

async function switchWith(
  context: { after(done: () => void): void },
  { fault, at, isLocked }: { fault: Fault; at: number; isLocked: boolean },
): Promise<boolean> {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(win, { words: "Rested" });
  if (isLocked) await lock(diary);
  const planned = plan({ fault, at, isWriting: true });
  const came = await (isLocked ? takeLockOff(diary) : lock(diary)).then(
    () => "done",
    () => "failed",
  );
  planned.end();
  const keys = await keysOf(phone);
  const again = await phone.open();
  const isAsking = again.phase.value === "locked";
  const where = `${fault} at ${at}: ${came}`;
  assert.deepEqual(keys, isAsking ? (keys.includes("lock") ? ["lock", "slot"] : ["slot"]) : ["device-key", "slot"], where);
  if (isAsking) await unlockWithWords(again, WORDS);
  assert.equal(again.all(win).value.length, 1, where);
  if (came === "done" && fault !== "throws") assert.equal(isAsking, !isLocked, where);
  return planned.isMet;
}
