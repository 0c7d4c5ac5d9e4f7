/** What the server keeps back is told, whatever else it shows; what it cannot have is not asked for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";
import { addLaterFormat } from "./later-format.ts";

const DIFFERS = { kind: "needs-you", reason: "server-differs", records: 0 };

for (const [when, isKeptBack] of [
  ["after", true],
  ["before", false],
] as const) {
  test(`a head without its content that came ${when} a revision of a later format ${isKeptBack ? "is told" : "may be superseded by it"}`, async (context) => {
    const home = await Home.make(context);
    const [one, other] = [await home.device(), await home.device()];
    await one.diary.create(checkIn, { note: "seen" });
    await syncAll(one, other);
    if (isKeptBack) addLaterFormat(home);
    await one.diary.create(checkIn, { note: "hidden from the other" });
    await one.sync.now();
    const hidden = home.server.rows.at(-1);
    assert.ok(hidden);
    if (!isKeptBack) addLaterFormat(home);
    const { blob } = hidden;
    hidden.blob = null;
    for (let i = 0; i < 2; i++) {
      await other.sync.now();
      assert.deepEqual(other.sync.status.value, isKeptBack ? DIFFERS : { ...DIFFERS, reason: "app-too-old" });
      assert.deepEqual(notes(other.diary), ["seen"]);
    }
    hidden.blob = blob;
    await other.sync.now();
    assert.deepEqual(other.sync.status.value, { ...DIFFERS, reason: "app-too-old" });
  });
}

test("a stub of a server that was put back to before it, which nothing here stands on, is asked of nobody", async (context) => {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await one.diary.create(checkIn, { note: "kept" });
  await syncAll(one, other);
  const putBack = home.server.backup();
  const id = await one.diary.create(checkIn, { note: "replaced" });
  await one.sync.now();
  await change(one.diary, id, "in its place");
  await one.sync.now();
  home.server.prune();
  home.server.mostRows = 1;
  let pages = 0;
  other.world.fetch = (address, init) => {
    if (address.includes("after=") && ++pages > 1) return Promise.reject(new TypeError("cut"));
    return home.server.fetch(address, init);
  };
  await other.sync.now();
  assert.ok(
    (await other.phone.rows()).revisions.some(([, row]) => (row as { blob?: unknown }).blob === undefined),
    "the stub came",
  );
  putBack();
  other.world.fetch = (address, init) => home.server.fetch(address, init);
  for (let i = 0; i < 2; i++) {
    await other.sync.now();
    assert.deepEqual(other.sync.status.value, { kind: "backed-up" });
  }
  await syncAll(one, other);
  assertSame(one, other);
});
