/** The vault turns on a phone that asks for words: nobody is asked for them, and they open everything at the next start. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeRoll } from "../../../pwa/client/account/change-roll.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { devicePair } from "../../../pwa/client/account/roll-here.ts";
import { introduce } from "../../../pwa/client/account/this-phone.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { beginWithWords, unlockWithWords } from "../../../pwa/client/store/words-door.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { Phone } from "../store/phone.ts";
import { Signed } from "./signed-phone.ts";
import { Browser, Site } from "./site.ts";

const WORDS = "a robin at the window";

test("a phone that opens with words turns, keeps no pair, and opens all of it with the same words", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.open();
  await beginWithWords(diary, WORDS);
  await diary.create(checkIn, { note: "before" });
  const browser = new Browser(new Site());
  const note = await new KeepSafe({ diary, calls: browser.calls, host: "cairn.example" }).withCode();
  await keepNote(diary, { ...note, state: "kept", code: null });
  const changing = { diary, calls: browser.calls };
  await introduce(changing, "A browser");
  assert.equal(await devicePair(diary), null);
  const before = diary.inside.keys.keyId;
  await changeRoll(changing, { make: turnVault });
  assert.notEqual(diary.inside.keys.keyId, before);
  await diary.create(checkIn, { note: "after" });
  const signed = new Signed(context, phone, browser, diary);
  assert.deepEqual(await signed.shows(), ["after", "before"]);
  assert.deepEqual(signed.sync.status.value, { kind: "backed-up" });
  await signed.sync.stop();
  phone.close(diary);
  const again = await phone.open();
  assert.equal(again.phase.value, "locked");
  await unlockWithWords(again, WORDS);
  await again.whole();
  assert.deepEqual(
    again
      .all(checkIn)
      .value.map(({ values }) => values.note)
      .sort(),
    ["after", "before"],
  );
  assert.equal(again.inside.keys.keyId, diary.inside.keys.keyId);
});
