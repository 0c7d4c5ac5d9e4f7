/** The engine against the server as it ships. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";
import { browserAt, signUp, startServer } from "./real-server.ts";

test("two phones agree over the server as it ships", async (context) => {
  const server = await startServer();
  try {
    const home = await Home.make(context);
    const browsers = [browserAt(server.address), browserAt(server.address), browserAt(server.address)] as const;
    const phone = await home.phone();
    const before = await phone.open();
    for (let i = 0; i < 250; i++) await before.create(checkIn, { note: `note ${i}` });
    phone.close(before);
    const signIn = await signUp(browsers[0], home.vault);
    const one = await home.start(phone, browsers[0]);
    await one.sync.now();
    assert.equal(one.sync.status.value.kind, "backed-up");
    await signIn(browsers[1]);
    const other = await home.device(browsers[1]);
    assertSame(one, other);
    assert.equal(other.roll.given.length, 1);
    const id = one.diary.all(checkIn).value[0]?.id;
    assert.ok(id);
    await Promise.all([change(one.diary, id, "on one"), change(other.diary, id, "on the other")]);
    await syncAll(one, other);
    assertSame(one, other);
    assert.equal(notes(one.diary).length, 251);
    await signIn(browsers[2]);
    assertSame(one, other, await home.device(browsers[2]));
    other.world.fetch = browserAt(server.address);
    await other.diary.create(checkIn, { note: "signed out" });
    await other.sync.now();
    assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: "signed-out", records: 1 });
  } finally {
    await server.stop();
  }
});
