/** A server that shows that the vault turned, and keeps the turn itself back: no phone goes on under the old key unaware. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeRoll } from "../../../pwa/client/account/change-roll.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import type { Site } from "./site.ts";

type Answer = Record<string, unknown> & { readonly revisions: readonly { readonly id: string }[] };

const DIFFERS = { kind: "needs-you", reason: "server-differs" };

async function two(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const other = await Signed.in(context, site, code);
  return { site, one, other };
}

async function turn(one: Signed): Promise<void> {
  await changeRoll(one.changing, { make: turnVault });
  await one.writes("after");
  await one.sync.now();
}

/** From now on the last entry is left out of answers from these places. */
function hide(site: Site, isFrom: (path: string) => boolean): () => void {
  const { server } = site;
  assert.ok(server);
  const turned = server.rows.findLast(({ isRoll }) => isRoll)?.id;
  server.lie = (path, answer) =>
    isFrom(path) ? { ...answer, revisions: (answer as Answer).revisions.filter(({ id }) => id !== turned) } : answer;
  return () => {
    server.lie = (_path, answer) => answer;
  };
}

async function isTold(phone: Signed): Promise<void> {
  await phone.shows();
  const { kind, reason } = phone.sync.status.value as { readonly kind: string; readonly reason?: string };
  assert.deepEqual({ kind, reason }, DIFFERS);
}

for (const older of ["forgotten", "kept"]) {
  test(`a turn that the pages show and the roll leaves out is told at each round, the older entries ${older}`, async (context) => {
    const { site, one, other } = await two(context);
    await other.shows();
    const { server } = site;
    assert.ok(server);
    const blobs = new Map(server.rows.map(({ id, blob }) => [id, blob]));
    await turn(one);
    if (older === "kept") for (const row of server.rows) row.blob = blobs.get(row.id) ?? row.blob;
    const stop = hide(site, (path) => path.startsWith("roll"));
    await isTold(other);
    const { length } = server.rows;
    await other.writes("from the other");
    await isTold(other);
    assert.equal(server.rows.length, length, "Nothing is sent under the old key.");
    assert.deepEqual(other.notes, ["before", "from the other"]);
    stop();
    assert.deepEqual(await other.shows(), ["after", "before", "from the other"]);
    assert.deepEqual(other.sync.status.value, { kind: "backed-up" });
    await other.writes("under the new key");
    assert.equal((await other.keysUsed()).at(-1), (await one.keysUsed()).at(-1));
  });
}

for (const [where, isFrom] of [
  ["the roll", (path: string) => path.startsWith("roll")],
  ["the roll and the heads", (path: string) => path.startsWith("roll") || path.includes("heads=1")],
] as const) {
  test(`a first sync is told of a turn that is left out of ${where}`, async (context) => {
    const { site, one, other } = await two(context);
    await turn(one);
    const stop = hide(site, isFrom);
    await isTold(other);
    await isTold(other);
    stop();
    assert.deepEqual(await other.shows(), ["after", "before"]);
    assert.deepEqual(other.sync.status.value, { kind: "backed-up" });
  });
}

test("an entry made between the first sync's first two questions is taken with it", async (context) => {
  const { one, other } = await two(context);
  const { browser } = other;
  const { fetch } = browser;
  let isDone = false;
  browser.fetch = async (address, init) => {
    const answer = await fetch.call(browser, address, init);
    if (!isDone && /roll|heads=1/.test(address)) {
      isDone = true;
      await turn(one);
    }
    return answer;
  };
  await other.shows();
  assert.deepEqual(await other.shows(), ["after", "before"]);
  assert.equal(other.diary.inside.keys.keyId, one.diary.inside.keys.keyId);
});

test("a server that was put back to before the turn shows it nowhere: it is sent again, and nothing is in dispute", async (context) => {
  const { site, one, other } = await two(context);
  await other.shows();
  const { server } = site;
  assert.ok(server);
  const putBack = server.backup();
  await turn(one);
  assert.deepEqual(await other.shows(), ["after", "before"]);
  putBack();
  assert.deepEqual(await other.shows(), ["after", "before"]);
  assert.deepEqual(other.sync.status.value, { kind: "backed-up" });
  assert.deepEqual(await one.shows(), ["after", "before"]);
});
