/** The recovery code opens a locked diary by the roll on the phone, whatever came of the vault meanwhile. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { lockWithPasskey, unlock, verifyWay } from "../../../pwa/client/account/unlock.ts";
import { win } from "../../../pwa/client/domain/record-types.ts";
import { lockWith } from "../../../pwa/client/store/lock.ts";
import { slotsForWords } from "../../../pwa/client/store/words-door.ts";
import { sha256 } from "../../../pwa/client/vault/bytes.ts";
import { formatRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import type { WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { Phone, remembered } from "../store/phone.ts";
import { beginVault, makeCode } from "../vault/roll-of-tests.ts";

const slotFor = await slotsForWords("five slow geese by the water");

/** A phone whose diary is locked with words, and a roll with a code; nothing of the roll is on the phone yet. */
async function locked(context: TestContext) {
  const { space, key, code, step } = await beginVault();
  const phone = new Phone(context);
  const diary = await phone.begin({ vault: { space, key } });
  await diary.create(win, { words: "Rested" });
  await lockWith(diary, { minutes: 15, slotFor, again: slotFor });
  return { phone, diary, step, text: await formatRecoveryCode(code.code) };
}

async function putRoll(phone: Phone, entries: readonly WholeEntry[]): Promise<void> {
  for (const entry of entries) await phone.tamper("roll", 0, { ...entry, blobHash: await sha256(entry.blob) });
}

test("the code opens it, and no other code does", async (context) => {
  const { phone, diary, step, text } = await locked(context);
  await putRoll(phone, [step.entry]);
  const again = await phone.open();
  const another = await formatRecoveryCode(makeCode().code);
  await assert.rejects(unlock(again, { kind: "code", text: another }), { code: "wrong-code" });
  await assert.rejects(unlock(again, { kind: "code", text: "7KQT" }), { code: "code-length" });
  assert.equal(again.phase.value, "locked");
  await unlock(again, { kind: "code", text: text.toLowerCase() });
  assert.deepEqual(remembered(again), remembered(diary));
  await verifyWay(again, { kind: "code", text });
});

test("it does after the vault turned, too: the door holds the key it was made with", async (context) => {
  const { phone, diary, step, text } = await locked(context);
  await putRoll(phone, [step.entry, (await turnVault(step.vault)).entry]);
  const again = await phone.open();
  await unlock(again, { kind: "code", text });
  assert.deepEqual(remembered(again), remembered(diary));
});

test("an account that was given up leaves its roll behind, and the new one's code opens it all the same", async (context) => {
  const { phone, diary, step, text } = await locked(context);
  const before = await beginVault(step.vault.known.space);
  await putRoll(phone, [before.step.entry, step.entry]);
  const again = await phone.open();
  await unlock(again, { kind: "code", text });
  assert.deepEqual(remembered(again), remembered(diary));
});

test("without a roll on the phone no code opens it, nor one whose vault is another", async (context) => {
  const { phone, text } = await locked(context);
  const again = await phone.open();
  await assert.rejects(unlock(again, { kind: "code", text }), { code: "wrong-code" });
  const other = await beginVault();
  await putRoll(phone, [other.step.entry]);
  const others = await formatRecoveryCode(other.code.code);
  await assert.rejects(unlock(again, { kind: "code", text: others }), { code: "roll-forged" });
  assert.equal(again.phase.value, "locked");
});

test("to lock and to unlock, a passkey is asked for with the person verified: else it may give another key", async (context) => {
  const { space, key, passkey, step } = await beginVault();
  const phone = new Phone(context);
  const diary = await phone.begin({ vault: { space, key } });
  await putRoll(phone, [step.entry]);
  const asked: PublicKeyCredentialRequestOptions[] = [];
  const bytes = new ArrayBuffer(1);
  const shown = {
    id: "AQ",
    rawId: bytes,
    response: { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: null },
    getClientExtensionResults: () => ({ prf: { results: { first: passkey.output.slice() } } }),
  };
  const get = async ({ publicKey }: { readonly publicKey: PublicKeyCredentialRequestOptions }) => {
    asked.push(publicKey);
    return shown;
  };
  Object.defineProperty(globalThis.navigator, "credentials", { configurable: true, value: { get } });
  context.after(() => Reflect.deleteProperty(globalThis.navigator, "credentials"));
  await lockWithPasskey(diary, 15);
  await unlock(await phone.open(), { kind: "passkey" });
  assert.deepEqual(
    asked.map(({ userVerification }) => userVerification),
    ["required", "required"],
  );
});
