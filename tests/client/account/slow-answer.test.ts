/** The site answers late, and the note was changed meanwhile: what is given back is what stands there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeNote } from "../../../pwa/client/account/keep-note.ts";
import { introduce } from "../../../pwa/client/account/this-phone.ts";
import { Signed } from "./signed-phone.ts";

test("a phone that is known already gives the note as it is once the site has answered", async (context) => {
  const { one } = await Signed.up(context);
  const leaving = { session: "session 9", slots: [] };
  const calls = {
    ...one.browser.calls,
    account: async () => {
      await changeNote(one.diary, (note) => ({ ...note, leaving }));
      return one.browser.calls.account();
    },
  };
  assert.deepEqual((await introduce({ diary: one.diary, calls }, "A browser"))?.leaving, leaving);
});
