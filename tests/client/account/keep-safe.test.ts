/** Keeping a diary safe over a line that sends things twice: the one code that opens the account is never lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Calls } from "../../../pwa/client/account/calls.ts";
import { AccountFailure, type AccountFailureCode } from "../../../pwa/client/account/failures.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { readNote } from "../../../pwa/client/account/note.ts";
import { Phone } from "../store/phone.ts";
import { withPasskey } from "./passkey-of-tests.ts";
import { Browser, Site } from "./site.ts";

const host = "cairn.example";
const REFUSALS: readonly AccountFailureCode[] = ["challenge_refused", "too_many_requests", "database_busy", "space_taken", "code_taken"];
const WAYS = ["withPasskey", "withCode"] as const;

for (const code of REFUSALS)
  for (const way of WAYS)
    test(`${way}: of a sign-up that came twice the phone hears ${code}, and the next try has the code that opens it`, async (context) => {
      withPasskey(context);
      const site = new Site();
      const diary = await new Phone(context).begin();
      const browser = new Browser(site);
      const twice: Calls = {
        ...browser.calls,
        signUp: async (body) => {
          await browser.calls.signUp(body);
          // The answer of the first, and its cookie, reached nobody.
          browser.session = null;
          throw new AccountFailure(code);
        },
      };
      await assert.rejects(new KeepSafe({ diary, calls: twice, host })[way](), { code });
      const sent = await readNote(diary);
      assert.equal(sent?.state, "signing-up");
      assert.deepEqual(await new KeepSafe({ diary, calls: browser.calls, host })[way](), { ...sent, state: "code-waiting" });
      assert.ok(browser.session !== null);
    });

test("a sign-up that was refused and did not come to be leaves nothing behind once the next one goes through", async (context) => {
  const site = new Site();
  const diary = await new Phone(context).begin();
  const { calls } = new Browser(site);
  const refusing: Calls = { ...calls, signUp: () => Promise.reject(new AccountFailure("too_many_requests")) };
  await assert.rejects(new KeepSafe({ diary, calls: refusing, host }).withCode(), { code: "too_many_requests" });
  const refused = await readNote(diary);
  const note = await new KeepSafe({ diary, calls, host }).withCode();
  assert.equal(note.state, "code-waiting");
  assert.notEqual(note.code, refused?.code);
  assert.deepEqual(await readNote(diary), note);
});
