/** The line of what was done last: what going to another screen leaves behind, and what it does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeToastLine } from "../../../pwa/client/screens/frame/toast-line.ts";

const undo = (): void => undefined;

test("what was said of a screen stays on it, and is left behind by who goes to another, also where it can be undone", () => {
  const line = makeToastLine();
  const said: readonly Parameters<typeof line.say>[] = [
    ["Kept."],
    ["Moved to the trash.", undo],
    ["It is all here.", undefined, { href: "/diary", text: "To the diary" }],
  ];
  for (const each of said) {
    line.say(...each);
    assert.equal(line.said.value?.text, each[0]);
    line.passBy();
    assert.equal(line.said.value, null);
  }
});

test("what nothing else undoes stays wherever the person goes, until it is put away or something else is said", () => {
  const line = makeToastLine();
  line.sayUntilPutAway("Not kept.", undo);
  line.passBy();
  line.passBy();
  assert.equal(line.said.value?.undo, undo);
  line.putAway();
  assert.equal(line.said.value, null);
  line.sayUntilPutAway("Not kept.", undo);
  line.say("Kept.");
  line.passBy();
  assert.equal(line.said.value, null);
});
