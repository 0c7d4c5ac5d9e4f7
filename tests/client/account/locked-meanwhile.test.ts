/** The app is locked while this phone makes itself known to its account: no key is left beside the lock. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { lockWith } from "../../../pwa/client/store/lock.ts";
import { slotsForWords } from "../../../pwa/client/store/words-door.ts";
import { Signed } from "./signed-phone.ts";

test("locked while a pair is made, the phone keeps none, has no slot, and is known by its name all the same", async (context) => {
  const { one } = await Signed.up(context);
  const slotFor = await slotsForWords("five slow geese by the water");
  const { phone: _introduced, ...unknown } = await one.note();
  await keepNote(one.diary, unknown);
  await one.phone.tamper("vault", "device-pair", undefined);
  const before = await learnRoll(one.changing);
  const generateKey = crypto.subtle.generateKey.bind(crypto.subtle) as (...asked: unknown[]) => Promise<CryptoKey>;
  context.after(() => Object.assign(crypto.subtle, { generateKey }));
  const slowly = async (...asked: unknown[]): Promise<CryptoKey> => {
    const made = await generateKey(...asked);
    Object.assign(crypto.subtle, { generateKey });
    await lockWith(one.diary, { minutes: 1, slotFor, again: slotFor });
    return made;
  };
  Object.assign(crypto.subtle, { generateKey: slowly });
  await one.introduces();
  assert.deepEqual(
    (await one.phone.rows()).vault.map(([key]) => key),
    ["lock", "slot"],
  );
  assert.equal((await one.note()).phone?.slot, null);
  assert.deepEqual(await learnRoll(one.changing), before);
});
