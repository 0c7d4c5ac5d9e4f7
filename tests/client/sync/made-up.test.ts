/** Rubbish that anybody with a session can send to the vault: it follows the diary nowhere, and nothing waits for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { makeCalls } from "../../../pwa/client/account/calls.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import { type KeyId, makeRecordId } from "../../../pwa/client/replica/ids.ts";
import { moveInto } from "../../../pwa/client/store/move.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { sealing } from "../../../pwa/client/vault/sealing.ts";
import { makeVault } from "../vault/vault-of-tests.ts";
import { type Device, forksToldOn, Home, notes } from "./devices.ts";
import { addLaterFormat } from "./later-format.ts";
import { type Sent, sha256 } from "./memory-server.ts";

const calls = makeCalls(() => Promise.reject(new TypeError("cut")));

/** A revision as it looks from outside, and noise for its content. */
function rubbish({ vault: { space } }: Home, keyId: KeyId): Sent {
  const record = makeRecordId(randomBytes);
  const header = encodeHeader({ format: 1, kind: "edit", owner: "vault", space, record, keyId, parents: [] });
  const blob = randomBytes(200);
  const id = sha256(header, sha256(blob)).toString("base64url");
  return { id, header: Buffer.from(header).toString("base64url"), blob: Buffer.from(blob).toString("base64url") };
}

/** The way out of a full vault: the account is deleted, and the diary is kept safe anew. */
async function keptSafeAnew(home: Home, { diary, phone, sync }: Device): Promise<Device> {
  await sync.stop();
  await new Account({ diary, calls, host: "cairn.example" }).forget();
  home.server.empty();
  home.addRollEntry("signed up anew");
  phone.close(diary);
  const anew = await home.start(phone);
  await anew.sync.now();
  return anew;
}

for (const [what, keyOf] of [
  ["under the vault's own key", ({ vault }: Home) => vault.key.id],
  ["under a key that nobody has", () => Buffer.from(randomBytes(16)).toString("base64url") as KeyId],
] as const) {
  test(`a vault filled with rubbish ${what}: kept safe anew, all words are there and no rubbish, and the diary can join another`, async (context) => {
    const home = await Home.make(context);
    home.server.quota = 40;
    const one = await home.device();
    await one.diary.create(checkIn, { note: "mine" });
    await one.sync.now();
    while (home.server.take(rubbish(home, keyOf(home))).status === "stored");
    await one.sync.now();
    await one.diary.create(checkIn, { note: "written after" });
    await one.sync.now();
    assert.deepEqual(one.sync.status.value, { kind: "needs-you", reason: "quota", records: 1 });
    const anew = await keptSafeAnew(home, one);
    for (const { phone, diary, sync } of [anew, await home.device()]) {
      assert.deepEqual(notes(diary), ["mine", "written after"]);
      assert.deepEqual(sync.status.value, { kind: "backed-up" });
      assert.deepEqual(await forksToldOn({ phone }), []);
    }
    assert.equal(home.server.rows.filter(({ isRoll }) => !isRoll).length, 2);
    // What the new server loses comes back without rubbish, too.
    home.server.empty();
    await anew.sync.now();
    assert.deepEqual(anew.sync.status.value, { kind: "backed-up" });
    assert.equal(home.server.rows.filter(({ isRoll }) => !isRoll).length, 2);
    await anew.sync.stop();
    const vault = await makeVault();
    await moveInto(anew.diary, { sealing, vault });
    anew.phone.close(anew.diary);
    const moved = await anew.phone.open();
    await moved.whole();
    assert.equal(moved.inside.keys.space, vault.space);
    assert.deepEqual(notes(moved), ["mine", "written after"]);
  });
}

test("what came of a later format may be words: the diary does not leave it behind", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  await one.diary.create(checkIn, { note: "mine" });
  await one.sync.now();
  addLaterFormat(home);
  await one.sync.now();
  assert.deepEqual(one.sync.status.value, { kind: "needs-you", reason: "app-too-old", records: 0 });
  await one.sync.stop();
  await assert.rejects(moveInto(one.diary, { sealing, vault: await makeVault() }), { code: "later-version" });
});
