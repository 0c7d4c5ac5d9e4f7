/** The site lost the account, and a phone that missed a turn keeps the diary safe anew: one that has the newer key joins it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { changeRoll } from "../../../pwa/client/account/change-roll.ts";
import { joinHere } from "../../../pwa/client/account/join-here.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { deriveRecoveryToken, readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import { addSlot, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import type { Context } from "../sync/devices.ts";
import { Signed, saysYes } from "./signed-phone.ts";
import type { Cut } from "./site.ts";

const host = "cairn.example";

/** `one` turned and wrote on; `behind` never heard of it, and has kept what it has safe anew. */
async function parted(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const behind = await Signed.in(context, site, code);
  await behind.shows();
  await behind.sync.stop();
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after");
  await one.sync.now();
  await one.sync.stop();
  site.server = site.recovery = null;
  site.sessions.clear();
  await behind.writes("from the one behind");
  await keepNote(behind.diary, null);
  const anew = await new KeepSafe({ diary: behind.diary, calls: behind.browser.calls, host }).withCode();
  await keepNote(behind.diary, { ...anew, state: "kept", code: null });
  await behind.reopens();
  await behind.introduces();
  await behind.sync.now();
  return { site, one, behind, old: code, code: anew.code ?? "" };
}

const ALL = ["after", "before", "from the one behind", "later"];

/** Each sees what all wrote, a fresh phone too, and none writes under the key from before. */
async function assertAllIsThere(context: Context, { site, one, behind, code }: Awaited<ReturnType<typeof parted>>, before: string) {
  await one.reopens();
  await one.writes("later");
  await one.sync.now();
  await behind.sync.now();
  assert.deepEqual(await behind.shows(), ALL);
  assert.deepEqual(await one.shows(), ALL);
  assert.deepEqual(await (await Signed.in(context, site, code)).shows(), ALL);
  assert.equal(behind.diary.inside.keys.keyId, one.diary.inside.keys.keyId);
  assert.notEqual(one.diary.inside.keys.keyId, before);
}

/** What the engine asks of a page that nobody looks at. */
function hiddenPage(): void {
  const addEventListener = (): void => undefined;
  Object.assign(globalThis, { addEventListener, document: { visibilityState: "hidden", addEventListener } });
}

test("the new code lets it in, its key goes to the others, and nothing is lost", async (context) => {
  hiddenPage();
  const all = await parted(context);
  const { one, behind, code } = all;
  const before = behind.diary.inside.keys.keyId;
  await new Account({ diary: one.diary, calls: one.browser.calls, host }).show({ kind: "code", text: code }, "sign-in");
  await assertAllIsThere(context, all, before);
});

test("so it does where the account was given up here before", async (context) => {
  const all = await parted(context);
  const { one, behind, code } = all;
  const before = behind.diary.inside.keys.keyId;
  await keepNote(one.diary, null);
  assert.equal(
    await joinHere({ kind: "code", text: code }, { diary: one.diary, calls: one.browser.calls, host, mayJoin: saysYes }),
    "joined",
  );
  await assertAllIsThere(context, all, before);
});

test("cut off at every request, it is done with the next proof", async (context) => {
  hiddenPage();
  let isOver = false;
  for (let at = 1; !isOver; at++) {
    for (const when of ["before", "after"] satisfies Cut["when"][]) {
      const all = await parted(context);
      const { one, behind, code } = all;
      const before = behind.diary.inside.keys.keyId;
      const account = new Account({ diary: one.diary, calls: one.browser.calls, host });
      one.browser.asked = 0;
      one.browser.cut = { at, when };
      await account.show({ kind: "code", text: code }, "sign-in").catch(() => undefined);
      isOver = one.browser.asked < at;
      one.browser.cut = null;
      await account.show({ kind: "code", text: code }, "sign-in");
      await assertAllIsThere(context, all, before);
      for (const each of [one, behind]) await each.sync.stop();
    }
  }
});

test("an old code is no new way in: a phone that was signed out may have been shown it", async (context) => {
  const { site, one, behind, old } = await parted(context);
  const key = one.diary.inside.keys.keyId;
  // Whoever has the vault seals it to the old code's slot, as it stands in the roll that they knew.
  await changeRoll(behind.changing, {
    make: async (vault) => {
      const secret = await readRecoveryCode(old);
      site.recovery = await deriveRecoveryToken(secret);
      return addSlot(vault, { kind: "code", code: secret });
    },
  });
  const before = await readNote(one.diary);
  const account = new Account({ diary: one.diary, calls: one.browser.calls, host });
  await assert.rejects(account.show({ kind: "code", text: old }, "sign-in"), { name: "RollRefused", code: "roll-forked" });
  assert.deepEqual(await readNote(one.diary), before);
  assert.equal(one.diary.inside.keys.keyId, key);
});
