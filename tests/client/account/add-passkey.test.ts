/** A passkey that is added: its slot before the site hears of it, and none where the site refuses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PasskeyToAdd } from "../../../pwa/client/account/add-passkey.ts";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { AccountFailure, type AccountFailureCode } from "../../../pwa/client/account/failures.ts";
import type { Context } from "../sync/devices.ts";
import { ASKED, withPasskey } from "./passkey-of-tests.ts";
import { Signed } from "./signed-phone.ts";

/** Adds one, and a site that answers so. Gives how many slots of passkeys there are when it is asked, and afterwards. */
async function adding(context: Context, one: Signed, refused: AccountFailureCode | null) {
  withPasskey(context);
  const slots = async (): Promise<number> => (await learnRoll(one.changing)).filter(({ kind }) => kind === "passkey").length;
  let asked = 0;
  const calls = {
    ...one.browser.calls,
    challengeToMake: async () => ({ challenge: "challenge", publicKey: ASKED }),
    addPasskey: async () => {
      asked = await slots();
      if (refused !== null) throw new AccountFailure(refused);
    },
  };
  const added = new PasskeyToAdd().add({ diary: one.diary, calls }, "cairn.example");
  const said = await added.catch((cause: AccountFailure) => cause.code);
  return { said, asked, after: await slots(), opens: (await one.note()).opens };
}

test("its slot is in the roll before the site hears of it", async (context) => {
  const { one } = await Signed.up(context);
  assert.deepEqual(await adding(context, one, null), { said: "opens", asked: 1, after: 1, opens: true });
});

for (const code of ["too_many_passkeys", "passkey_refused", "challenge_refused", "too_many_requests"] as const) {
  test(`refused with ${code}, however often, it leaves no slot`, async (context) => {
    const { one } = await Signed.up(context);
    const key = one.diary.inside.keys.keyId;
    for (let i = 0; i < 2; i++) assert.deepEqual(await adding(context, one, code), { said: code, asked: 1, after: 0, opens: false });
    assert.equal(one.diary.inside.keys.keyId, key);
  });
}

for (const code of ["no-connection", "not-understood"] as const) {
  test(`where nobody knows what the site did (${code}), the slot stays`, async (context) => {
    const { one } = await Signed.up(context);
    assert.deepEqual(await adding(context, one, code), { said: code, asked: 1, after: 1, opens: true });
  });
}
