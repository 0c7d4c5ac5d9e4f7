/** An account is given up, and the diary is kept safe anew: nothing counts as backed up that the next server lacks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../../pwa/client/account/account.ts";
import { makeCalls } from "../../../pwa/client/account/calls.ts";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { until } from "../store/phone.ts";
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

test("a round that another tab has under way writes nothing over what forgetting says", async (context) => {
  const home = await Home.make(context);
  const device = await home.device();
  await device.diary.create(checkIn, { note: "backed up" });
  await device.sync.now();
  const held: (() => void)[] = [];
  device.world.fetch = async (address, init) => {
    const answer = await home.server.fetch(address, init);
    if (address.includes("after=")) await new Promise<void>((resolve) => held.push(resolve));
    return answer;
  };
  await device.diary.create(checkIn, { note: "under way" });
  await until(() => held.length > 0, "a page is on its way");
  const tab = await device.phone.open();
  await new Account({ diary: tab, calls, host: "cairn.example" }).forget();
  device.world.fetch = () => Promise.reject(new TypeError("cut"));
  const done = device.sync.now();
  for (const give of held) give();
  await done;
  const state = (await device.phone.rows()).sync[0]?.[1] as { isAnew: boolean; generation: string };
  assert.deepEqual([state.isAnew, state.generation], [true, ""]);
  assert.equal(device.sync.status.value.kind, "waiting");
});
