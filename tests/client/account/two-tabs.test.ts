/** Two tabs keep the same diary safe: the only recovery code that opens it is never lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { type Calls, makeCalls } from "../../../pwa/client/account/calls.ts";
import { AccountFailure } from "../../../pwa/client/account/failures.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { Phone } from "../store/phone.ts";

/** A site that takes one account for a space, and answers slowly. */
function site(): Calls & { taken: number } {
  return {
    ...makeCalls(() => Promise.reject(new TypeError("cut"))),
    taken: 0,
    challengeToMake: async () => ({ challenge: "challenge", publicKey: {} as never }),
    async signUp() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (this.taken > 0) throw new AccountFailure("space_taken");
      this.taken += 1;
    },
  };
}

test("two tabs sign up at once: both show the code of the one account", async (context) => {
  const phone = new Phone(context);
  const tabs = [await phone.begin(), await phone.open()];
  const calls = site();
  const [one, other] = await Promise.all(tabs.map((diary) => new KeepSafe({ diary, calls, host: "cairn.example" }).withCode()));
  assert.equal(calls.taken, 1);
  assert.equal(one?.state, "code-waiting");
  assert.deepEqual(other, one);
  for (const diary of tabs) assert.deepEqual(await readNote(diary), one);
});

test("a refused sign-up takes no note away that another one kept", async (context) => {
  const phone = new Phone(context);
  const [diary, another] = [await phone.begin(), await phone.open()];
  const calls = site();
  const kept = await new KeepSafe({ diary, calls, host: "cairn.example" }).withCode();
  await keepNote(diary, null);
  // As in a browser without locks: the other tab keeps its note while this one's sign-up is under way.
  calls.signUp = async () => {
    await keepNote(another, kept);
    throw new AccountFailure("space_taken");
  };
  await assert.rejects(new KeepSafe({ diary, calls, host: "cairn.example" }).withCode(), { code: "space_taken" });
  assert.deepEqual(await readNote(diary), kept);
});

test("a tab that still knows the account that was given up does not forget the one that another tab made", async (context) => {
  const phone = new Phone(context);
  const [diary, another] = [await phone.begin(), await phone.open()];
  const kept = await new KeepSafe({ diary: another, calls: site(), host: "cairn.example" }).withCode();
  const account = new Account({ diary, calls: site(), host: "cairn.example" });
  await account.forget();
  assert.equal(account.standing.value, "code-waiting");
  assert.deepEqual(await readNote(diary), kept);
});

test("the code was asked back in another tab: this one has none to show, and goes on as that does", async (context) => {
  // What the engine asks of a page that nobody looks at.
  const addEventListener = (): void => undefined;
  Object.assign(globalThis, { addEventListener, document: { visibilityState: "hidden", addEventListener } });
  const phone = new Phone(context);
  const [diary, another] = [await phone.begin(), await phone.open()];
  const account = new Account({ diary, calls: site(), host: "cairn.example" });
  await account.keepSafeWithCode();
  assert.equal((await account.recoveryCode())?.length, (await readNote(diary))?.code?.split("-").length);
  await new Account({ diary: another, calls: site(), host: "cairn.example" }).confirmCode();
  assert.equal(account.standing.value, "code-waiting");
  assert.equal(await account.recoveryCode(), null);
  assert.equal(account.standing.value, "kept");
});
