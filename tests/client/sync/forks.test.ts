/** Two pasts: what shows them is not forgotten when the app is closed, and it is told once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { type Context, change, type Device, type Fetch, forksToldOn, Home, syncAll } from "./devices.ts";
import type { Stored } from "./memory-server.ts";

/** Two phones that were shown two pasts, and what one wrote upon its own, which no other was given yet. */
async function twoPasts(context: Context): Promise<{ home: Home; one: Device; other: Device; carried: Stored }> {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await one.diary.create(checkIn, { note: "common" });
  await syncAll(one, other);
  const putBack = home.server.backup();
  const id = await one.diary.create(checkIn, { note: "in a past of its own" });
  await one.sync.now();
  await change(one.diary, id, "written upon it");
  const revision = (await one.diary.inside.log.history(id)).at(-1);
  await one.sync.now();
  const carried = home.server.rows.find((row) => row.id === revision?.id);
  assert.ok(carried);
  putBack("by hand");
  await other.diary.create(checkIn, { note: "elsewhere" });
  await other.sync.now();
  assert.equal(other.sync.notice.value, null);
  return { home, one, other, carried };
}

function carry({ server }: Home, { id, header, blob }: Stored): void {
  server.take({ id, header, blob: blob ?? "" });
}

/** Close the app and open it again. */
async function reopened(home: Home, { phone, diary, sync }: Device, fetch?: Fetch): Promise<Device> {
  await sync.stop();
  phone.close(diary);
  const device = await home.start(phone, fetch);
  await device.sync.now();
  return device;
}

test("what came in a round that was cut, before the app was closed, is compared at the next start, and told once", async (context) => {
  const { home, other, carried } = await twoPasts(context);
  carry(home, carried);
  home.server.mostRows = 1;
  home.addRollEntry();
  let pages = 0;
  other.world.fetch = (address, init) => {
    if (address.includes("after=")) pages += 1;
    return pages > 1 ? Promise.reject(new TypeError("cut")) : home.server.fetch(address, init);
  };
  await other.sync.now();
  assert.ok(pages > 1, "the line was cut after the page that tells it");
  assert.equal(other.sync.notice.value, null);
  const again = await reopened(home, other);
  assert.equal(again.sync.notice.value, "forked");
  await again.sync.understood();
  const later = await reopened(home, again);
  assert.equal(later.sync.notice.value, null);
});

test("what was seen of a generation that this phone has not met is kept until it does", async (context) => {
  const { home, one, other, carried } = await twoPasts(context);
  const { server } = home;
  const [theirs, generation] = [server.backup(), server.generation];
  // One phone is on a server of another generation, and writes there.
  server.generation = "A".repeat(22);
  carry(home, carried);
  await syncAll(one);
  await one.diary.create(checkIn, { note: "of another generation" });
  await one.sync.now();
  await one.diary.create(checkIn, { note: "that has seen it" });
  const written = (await one.phone.rows()).revisions.at(-1)?.[1] as { readonly id: string } | undefined;
  await one.sync.now();
  const row = server.rows.find(({ id }) => id === written?.id);
  assert.ok(row);
  // The other is given what was written there, and nothing of that generation.
  theirs("by hand");
  assert.equal(server.generation, generation);
  carry(home, row);
  await other.sync.now();
  assert.equal(other.sync.notice.value, null);
  const again = await reopened(home, other);
  // Later it is shown that generation, with another past.
  server.generation = "A".repeat(22);
  await again.sync.now();
  await again.sync.understood();
  await again.sync.now();
  assert.deepEqual(await forksToldOn(again), ["A".repeat(22)]);
});
