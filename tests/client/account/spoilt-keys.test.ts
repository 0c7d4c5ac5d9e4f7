/** The row with the keys of a vault that turned is spoilt: that is said, nothing goes out under an old key, and the roll gives them back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { changeRoll, learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { until } from "../store/phone.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";

/** A phone that wrote before a turn and after, and opens with the row spoilt. */
async function spoilt(context: Context) {
  // What the engine asks of a page that nobody looks at.
  const addEventListener = (): void => undefined;
  Object.assign(globalThis, { addEventListener, document: { visibilityState: "hidden", addEventListener } });
  const { one, code } = await Signed.up(context);
  await one.writes("before");
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after");
  await one.sync.now();
  await one.sync.stop();
  await one.phone.tamper("vault", "keys", new Uint8Array(80));
  await one.reopens();
  await one.sync.stop();
  return { one, code };
}

const NEEDS = { kind: "needs-you", reason: "keys-spoilt", records: 0 } as const;

test("it opens with what the door's key opens, says so, and gets the keys back by itself where the site answers", async (context) => {
  const { one } = await spoilt(context);
  assert.deepEqual([one.diary.inside.isSpoilt, one.notes], [true, ["before"]]);
  const account = new Account({ diary: one.diary, calls: one.browser.calls, host: "cairn.example" });
  await account.look();
  assert.deepEqual(account.status.value, NEEDS);
  await until(() => !one.diary.inside.isSpoilt && account.status.value.kind !== "needs-you", "the keys are back");
  assert.deepEqual(one.notes, ["after", "before"]);
  await one.reopens();
  assert.deepEqual([one.diary.inside.isSpoilt, one.notes], [false, ["after", "before"]]);
});

test("without a slot of its own it says so until somebody shows who they are; till then nothing goes out", async (context) => {
  const { one, code } = await spoilt(context);
  await one.phone.tamper("vault", "device-pair", undefined);
  const account = new Account({ diary: one.diary, calls: one.browser.calls, host: "cairn.example" });
  const there = one.browser.site.server?.rows.length;
  await account.look();
  await one.writes("meanwhile");
  await account.backUpNow();
  assert.deepEqual(account.status.value, NEEDS);
  assert.equal(one.browser.site.server?.rows.length, there);
  await account.show({ kind: "code", text: code }, "sign-in");
  assert.notDeepEqual(account.status.value, NEEDS);
  assert.deepEqual(one.notes, ["after", "before", "meanwhile"]);
  await one.writes("under the new key");
  assert.notEqual((await one.keysUsed()).at(-1), (await one.keysUsed()).at(-2));
});

test("no account is made with the keys that are left", async (context) => {
  const { one } = await spoilt(context);
  await keepNote(one.diary, null);
  const again = new KeepSafe({ diary: one.diary, calls: one.browser.calls, host: "cairn.example" });
  await assert.rejects(again.withCode(), { name: "StoreFailure", code: "no-key" });
});

test("a row that is not there is that of a vault that never turned", async (context) => {
  const { one } = await Signed.up(context);
  assert.equal(one.diary.inside.isSpoilt, false);
  assert.equal((await learnRoll(one.changing)).length, 2);
});
