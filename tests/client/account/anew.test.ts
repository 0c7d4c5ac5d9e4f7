/** The account was lost and made again elsewhere: what opens the new one is believed, and nothing else is. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { type Calls, makeCalls } from "../../../pwa/client/account/calls.ts";
import { keepNote } from "../../../pwa/client/account/keep-note.ts";
import { KeepSafe } from "../../../pwa/client/account/keep-safe.ts";
import { type Note, readNote } from "../../../pwa/client/account/note.ts";
import { parseSpaceId } from "../../../pwa/client/replica/ids.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { makeRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import type { RollEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { beginRoll } from "../../../pwa/client/vault/vault-roll.ts";
import { Phone } from "../store/phone.ts";
import { entryAsSent } from "./site.ts";

/** A site with one account, whose roll is what was signed up with last. */
function site(space: string): Calls & { entries: readonly RollEntry[] } {
  return {
    ...makeCalls(() => Promise.reject(new TypeError("cut"))),
    entries: [],
    challengeToMake: async () => ({ challenge: "challenge", publicKey: {} as never }),
    challengeToShow: async () => ({ challenge: "challenge", publicKey: {} as never }),
    async signUp({ space: { entry } }) {
      this.entries = [entryAsSent(entry)];
    },
    signIn: () => Promise.resolve(),
    spaces: async () => [space],
    async roll() {
      return this.entries;
    },
  };
}

/** A diary that is kept safe, and the same one kept safe anew where the site had lost it; then as it was known before. */
async function keptTwice(context: TestContext): Promise<{ diary: Diary; calls: ReturnType<typeof site>; before: Note; anew: Note }> {
  const diary = await new Phone(context).begin();
  const calls = site(diary.inside.keys.space);
  const keepSafe = new KeepSafe({ diary, calls, host: "cairn.example" });
  const before = await keepSafe.withCode();
  await keepNote(diary, null);
  const anew = await keepSafe.withCode();
  await keepNote(diary, before);
  return { diary, calls, before, anew };
}

test("the code of the new account opens its roll, and from then on that one is known", async (context) => {
  const { diary, calls, before, anew } = await keptTwice(context);
  await new Account({ diary, calls, host: "cairn.example" }).show({ kind: "code", text: anew.code ?? "" }, "sign-in");
  const note = await readNote(diary);
  assert.deepEqual(note?.known, anew.known);
  assert.notDeepEqual(note?.known.ids, before.known.ids);
  assert.equal(note?.state, "kept");
});

test("a roll that what was shown does not open changes nothing", async (context) => {
  const { diary, calls, before } = await keptTwice(context);
  const account = new Account({ diary, calls, host: "cairn.example" });
  await assert.rejects(account.show({ kind: "code", text: before.code ?? "" }, "sign-in"), { name: "RollRefused" });
  assert.deepEqual(await readNote(diary), before);
});

test("a roll that another made for this space, and without this vault's key, changes nothing", async (context) => {
  const { diary, calls, before, anew } = await keptTwice(context);
  const made = { key: makeVaultKey(randomBytes), slots: [{ kind: "code", code: makeRecoveryCode() } as const] };
  calls.entries = [(await beginRoll({ space: parseSpaceId(before.known.space), ...made })).entry];
  const account = new Account({ diary, calls, host: "cairn.example" });
  await assert.rejects(account.show({ kind: "code", text: anew.code ?? "" }, "sign-in"), { name: "RollRefused" });
  assert.deepEqual(await readNote(diary), before);
});

test("a roll that goes on from the known one is left to the backup", async (context) => {
  const { diary, calls, before } = await keptTwice(context);
  const [[entry], [id]] = [calls.entries, before.known.ids];
  assert.ok(entry !== undefined && id !== undefined);
  calls.entries = [{ ...entry, id }];
  await new Account({ diary, calls, host: "cairn.example" }).show({ kind: "code", text: before.code ?? "" }, "sign-in");
  assert.deepEqual(await readNote(diary), before);
});
