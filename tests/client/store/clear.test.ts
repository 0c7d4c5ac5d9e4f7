/** Everything is taken off the phone: not what another tab has just saved, unless its person says so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { clearPhone } from "../../../pwa/client/store/clear.ts";
import { Home, syncAll } from "../sync/devices.ts";
import { plan } from "./faults.ts";
import { NOTHING } from "./phone.ts";

test("what was saved after it was backed up stays, with all the rest", async (context) => {
  const home = await Home.make(context);
  const { phone, diary, sync } = await home.device();
  const { database } = diary.inside;
  await diary.create(checkIn, { note: "sent" });
  await sync.now();
  await sync.stop();
  await (await phone.open()).create(checkIn, { note: "from another tab" });
  const before = await phone.rows();
  assert.equal(await clearPhone(database, { mayLose: false }), false);
  assert.deepEqual(await phone.rows(), before);
  assert.equal(await clearPhone(database, { mayLose: true }), true);
  assert.deepEqual(await phone.rows(), NOTHING);
});

test("backed up, everything goes: what came from another phone too", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await one.diary.create(checkIn, { note: "from here" });
  await other.diary.create(checkIn, { note: "from the other" });
  await syncAll(one, other);
  await one.sync.stop();
  assert.equal(await clearPhone(one.diary.inside.database, { mayLose: false }), true);
  assert.deepEqual(await one.phone.rows(), NOTHING);
});

test("where the browser says that it failed, and it was done, it is said to be done", async (context) => {
  const home = await Home.make(context);
  const { phone, diary, sync } = await home.device();
  await diary.create(checkIn, { note: "sent" });
  await sync.now();
  await sync.stop();
  const planned = plan({ fault: "lost-after-commit", at: 1, isWriting: true });
  const isClear = await clearPhone(diary.inside.database, { mayLose: false }).finally(() => planned.end());
  assert.ok(planned.isMet);
  assert.equal(isClear, true);
  assert.deepEqual(await phone.rows(), NOTHING);
});
