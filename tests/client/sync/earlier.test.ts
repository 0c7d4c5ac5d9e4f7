/** A phone that came later reads what was written before it came, from the server, and believes only what the ids say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { readEarlier } from "../../../pwa/client/store/earlier.ts";
import { assertSame, change, Home, notes, syncAll } from "./devices.ts";

test("what stood in a note before comes when it is asked for, and the note stays what it is", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const id = await one.diary.create(checkIn, { note: "first" });
  await change(one.diary, id, "second");
  await change(one.diary, id, "third");
  await syncAll(one);
  const late = await home.device();
  const wordings = async () => {
    const { versions, elsewhere } = await readEarlier(late.diary, checkIn, id);
    return { notes: versions.map(({ values }) => values.note), elsewhere };
  };
  assert.deepEqual(await wordings(), { notes: ["third"], elsewhere: 2 });

  late.world.fetch = () => Promise.reject(new TypeError("cut"));
  await assert.rejects(late.sync.fetchEarlier(id), { name: "ServerFailure", code: "no-answer" });
  assert.deepEqual(await wordings(), { notes: ["third"], elsewhere: 2 });

  late.world.fetch = (address, init) => home.server.fetch(address, init);
  await late.sync.fetchEarlier(id);
  assert.deepEqual(await wordings(), { notes: ["third", "second", "first"], elsewhere: 0 });
  assert.deepEqual(notes(late.diary), ["third"]);
  await syncAll(late, one);
  assertSame(one, late);
  assert.equal(late.sync.status.value.kind, "backed-up");
});

test("of a server that was put back, what it has comes, and what it has not keeps nothing of that away", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const id = await one.diary.create(checkIn, { note: "first" });
  await change(one.diary, id, "second");
  await one.sync.now();
  const putBack = home.server.backup();
  await change(one.diary, id, "third");
  await change(one.diary, id, "fourth");
  await one.sync.now();
  const late = await home.device();
  putBack();
  await late.sync.now();
  assert.deepEqual(late.sync.status.value, { kind: "backed-up" });
  await late.sync.fetchEarlier(id);
  const wordings = async () => {
    const { versions, elsewhere } = await readEarlier(late.diary, checkIn, id);
    return { notes: versions.map(({ values }) => values.note), elsewhere };
  };
  assert.deepEqual(await wordings(), { notes: ["fourth", "second", "first"], elsewhere: 1 });
  // Another phone brings it there again.
  await syncAll(one, late);
  await late.sync.fetchEarlier(id);
  assert.deepEqual(await wordings(), { notes: ["fourth", "third", "second", "first"], elsewhere: 0 });
});

test("content that is not what the id says is not taken", async (context) => {
  const home = await Home.make(context);
  const one = await home.device();
  const id = await one.diary.create(checkIn, { note: "first" });
  await change(one.diary, id, "second");
  await syncAll(one);
  const late = await home.device();
  late.world.fetch = async (address, init) => {
    const answer = await home.server.fetch(address, init);
    if (!address.endsWith("/wanted")) return answer;
    const page = (await answer.json()) as { revisions: { blob?: string }[] };
    return Response.json({
      ...page,
      revisions: page.revisions.map((row) => ({ ...row, blob: row.blob?.replace(/^./, (sign) => (sign === "A" ? "B" : "A")) })),
    });
  };
  await assert.rejects(late.sync.fetchEarlier(id), { name: "NotProved" });
  assert.equal((await readEarlier(late.diary, checkIn, id)).elsewhere, 1);
  assert.deepEqual(notes(late.diary), ["second"]);
});
