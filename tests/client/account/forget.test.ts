/** An account is given up, and the diary is kept safe anew: nothing counts as backed up that the next server lacks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { makeCalls } from "../../../pwa/client/account/calls.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { assertSame, Home, notes, syncAll } from "../sync/devices.ts";

const calls = makeCalls(() => Promise.reject(new TypeError("cut")));

test("after it was forgotten, what was backed up is not, until the new server has all of it, of whoever wrote it", async (context) => {
  const home = await Home.make(context);
  const [device, other] = [await home.device(), await home.device()];
  await device.diary.create(checkIn, { note: "from here" });
  await other.diary.create(checkIn, { note: "from the other" });
  await syncAll(device, other);
  assert.equal(device.sync.status.value.kind, "backed-up");
  await device.sync.stop();
  await new Account({ diary: device.diary, calls, host: "cairn.example" }).forget();
  home.server.empty();
  home.addRollEntry("the phone that signed up anew");
  const anew = await home.start(device.phone, () => Promise.reject(new TypeError("cut")));
  await anew.sync.now();
  assert.equal(anew.sync.status.value.kind, "waiting");
  anew.world.fetch = (address, init) => home.server.fetch(address, init);
  await anew.sync.now();
  const third = await home.device();
  assert.deepEqual(notes(third.diary), ["from here", "from the other"]);
  assertSame(anew, third);
});
