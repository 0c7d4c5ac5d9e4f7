/** A server that lies: nothing of a lie is taken, nothing that is here is lost, and the person is told. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import { type KeyId, makeKeyId, type RecordId, type RevisionId } from "../../../pwa/client/replica/ids.ts";
import { remembered } from "../store/phone.ts";
import { assertSame, type Context, type Device, Home, notes, syncAll } from "./devices.ts";
import { bytes, type Sent, type Stored, sha256 } from "./memory-server.ts";

type Row = Record<string, unknown>;
type Answer = Record<string, unknown> & { revisions: Row[] };

/** A phone with a note of its own, and one note from elsewhere that it was not given yet. */
async function before(context: Context): Promise<{ home: Home; one: Device; other: Device }> {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  await other.diary.create(checkIn, { note: "here" });
  await syncAll(one, other);
  await one.diary.create(checkIn, { note: "from elsewhere" });
  await one.diary.create(checkIn, { note: "from elsewhere too" });
  await one.sync.now();
  return { home, one, other };
}

const flipped = (text: unknown): string => {
  const content = bytes(String(text));
  content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
  return content.toString("base64url");
};

const LIES: readonly [string, (answer: Answer) => unknown][] = [
  ["a blob that is another's", ({ revisions: [one, two], ...rest }) => ({ ...rest, revisions: [{ ...one, blob: two?.blob }, two] })],
  ["a header that is another's", ({ revisions: [one, two], ...rest }) => ({ ...rest, revisions: [{ ...one, header: two?.header }, two] })],
  ["rows in another order", ({ revisions, ...rest }) => ({ ...rest, revisions: [...revisions].reverse() })],
  ["a row left out", ({ revisions, ...rest }) => ({ ...rest, revisions: revisions.slice(1) })],
  ["a row twice", ({ revisions, ...rest }) => ({ ...rest, revisions: [...revisions, ...revisions] })],
  ["a wrong chain, always", (answer) => ({ ...answer, chain: flipped(answer.chain) })],
  ["a generation made anew each time", (answer) => ({ ...answer, generation: randomBytes(16).toString("base64url") })],
  ["a head below what it has", (answer) => ({ ...answer, head: 0 })],
  ["no end", (answer) => ({ ...answer, next: 1, revisions: [] })],
  ["a number that is none", ({ revisions, ...rest }) => ({ ...rest, revisions: revisions.map((row) => ({ ...row, seq: "3" })) })],
  [
    "an id in another spelling",
    ({ revisions, ...rest }) => ({ ...rest, revisions: revisions.map((row) => ({ ...row, id: `${row.id}=` })) }),
  ],
  ["no JSON", () => "<html>"],
  ["JSON of another shape", () => ["revisions"]],
  ["an answer without an end of its own", () => `{"revisions":["${"A".repeat(5 * 1024 * 1024)}"]}`],
  ["a very deep answer", () => "[".repeat(100_000)],
  ["rows of no content and of no hash", ({ revisions, ...rest }) => ({ ...rest, revisions: revisions.map(({ blob, ...row }) => row) })],
];

for (const [what, lie] of LIES) {
  test(`${what}: nothing of it is taken, and sound answers later are`, async (context) => {
    const { home, one, other } = await before(context);
    const rows = await other.phone.rows();
    home.server.lie = (path, answer) => ("revisions" in answer && !path.startsWith("wanted") ? lie(answer as Answer) : answer);
    await other.sync.now();
    assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
    assert.deepEqual(notes(other.diary), ["here"]);
    assert.deepEqual((await other.phone.rows()).revisions, rows.revisions);
    assert.equal(other.world.timers.size, 1, "it is tried again later");
    await other.diary.create(checkIn, { note: "written all the same" });
    home.server.lie = (_path, answer) => answer;
    await syncAll(one, other);
    assertSame(one, other);
    assert.deepEqual(notes(one.diary), ["from elsewhere", "from elsewhere too", "here", "written all the same"]);
  });
}

test("a first sync with a server that is another one each time comes to an end, and to all when that is over", async (context) => {
  const { home, one } = await before(context);
  home.server.mostRows = 1;
  home.server.lie = (path, answer) =>
    path.startsWith("revisions") ? { ...answer, generation: randomBytes(16).toString("base64url") } : answer;
  const fresh = await home.device();
  assert.deepEqual(fresh.sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
  home.server.lie = (_path, answer) => answer;
  await syncAll(fresh);
  assertSame(one, fresh);
});

test("an index that ends before its end is no proof", async (context) => {
  const { home, one } = await before(context);
  home.server.mostRows = 2;
  const { fetch } = home.server;
  const short = home.server.backup();
  await one.diary.create(checkIn, { note: "after that" });
  await one.sync.now();
  let isCut = false;
  const fresh = await home.start(await home.phone(), async (address, init) => {
    if (address.includes("blobs=0") && !isCut) {
      isCut = true;
      short("by hand");
    }
    return fetch.call(home.server, address, init);
  });
  await fresh.sync.now();
  await syncAll(one, fresh);
  assertSame(one, fresh);
});

test("a head that was left out of the first sync is found by the index and fetched", async (context) => {
  const { home, one } = await before(context);
  const hidden = home.server.rows.at(-2);
  home.server.lie = (path, answer) =>
    path.includes("heads=1") ? { ...answer, revisions: (answer as Answer).revisions.filter(({ id }) => id !== hidden?.id) } : answer;
  const fresh = await home.device();
  assertSame(one, fresh);
});

test("a head that is kept back for good is told, and what is there can be used", async (context) => {
  const { home, one } = await before(context);
  const hidden = home.server.rows.at(-2);
  home.server.lie = (path, answer) =>
    path.includes("heads=1") || path.startsWith("wanted")
      ? { ...answer, revisions: (answer as Answer).revisions.filter(({ id }) => id !== hidden?.id) }
      : answer;
  const fresh = await home.device();
  assert.deepEqual(fresh.sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
  assert.deepEqual(notes(fresh.diary), ["from elsewhere too", "here"]);
  home.server.lie = (_path, answer) => answer;
  await syncAll(fresh);
  assertSame(one, fresh);
});

/** Whose key a forged revision says it is sealed with. */
const KEYS: Record<string, (home: Home) => KeyId> = {
  "the vault's key": ({ vault }) => vault.key.id,
  "a key that nobody has": () => makeKeyId(randomBytes),
};

/** A revision on top of a row, made up by the server, or by anyone with a session and no key. */
function forged(home: Home, { record, id: parent }: Pick<Stored, "record" | "id">, keyId: KeyId): Sent {
  const { space } = home.vault;
  const named = { record: record as RecordId, parents: [parent as RevisionId] };
  const header = Buffer.from(encodeHeader({ format: 1, kind: "edit", owner: "vault", space, keyId, ...named }));
  const blob = randomBytes(300);
  return {
    id: sha256(header, sha256(blob)).toString("base64url"),
    header: header.toString("base64url"),
    blob: blob.toString("base64url"),
  };
}

const heads = ({ server }: Home): readonly Stored[] => server.rows.filter(({ isRoll, isSuperseded }) => !isRoll && !isSuperseded);

for (const [isStub, whose, keyOf] of [false, true].flatMap((isStub) => Object.entries(KEYS).map((key) => [isStub, ...key] as const))) {
  test(`a revision ${isStub ? "without content " : ""}that the server made up under ${whose} takes no head away, also with the head left out`, async (context) => {
    const { home, one, other } = await before(context);
    const target = home.server.rows.at(-1);
    assert.ok(target);
    home.server.take(forged(home, target, keyOf(home)));
    const made = home.server.rows.at(-1);
    assert.ok(made);
    if (isStub) made.blob = null;
    const fresh = await home.device();
    await syncAll(one, other);
    for (const { diary, sync } of [one, other, fresh]) {
      assert.deepEqual(remembered(diary), remembered(one.diary));
      assert.deepEqual(notes(diary), ["from elsewhere", "from elsewhere too", "here"]);
      // No sound server lets go of what nothing stands on.
      assert.equal(sync.status.value.kind, isStub ? "needs-you" : "backed-up");
    }
  });
}

for (const [whose, keyOf] of Object.entries(KEYS)) {
  test(`what the server might let go because of something made up under ${whose} is written anew, once`, async (context) => {
    const { home, one, other } = await before(context);
    await syncAll(one, other);
    for (const head of heads(home)) home.server.take(forged(home, head, keyOf(home)));
    await syncAll(one, other);
    home.server.prune();
    const rows = home.server.rows.length;
    await syncAll(one, other);
    assert.equal(home.server.rows.length, rows);
    const fresh = await home.device();
    assertSame(one, other, fresh);
    assert.deepEqual(notes(fresh.diary), ["from elsewhere", "from elsewhere too", "here"]);
  });

  test(`where all was let go because of something made up under ${whose}, a fresh phone tells it, until another brings it back`, async (context) => {
    const { home, one, other } = await before(context);
    await syncAll(one, other);
    for (const head of heads(home)) home.server.take(forged(home, head, keyOf(home)));
    home.server.prune();
    const fresh = await home.device();
    assert.deepEqual(fresh.sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
    await syncAll(one, other, fresh);
    assertSame(one, other, fresh);
    assert.deepEqual(notes(fresh.diary), ["from elsewhere", "from elsewhere too", "here"]);
  });
}

test("what came before the line was cut and the app closed is written anew by the next round, from a snapshot too", async (context) => {
  const { home, one, other } = await before(context);
  await syncAll(one, other);
  for (const head of heads(home)) home.server.take(forged(home, head, home.vault.key.id));
  home.server.mostRows = 1;
  let pages = 0;
  other.world.fetch = async (address, init) => {
    if (address.includes("after=") && ++pages > 2) throw new TypeError("cut");
    return home.server.fetch(address, init);
  };
  await other.sync.now();
  await other.diary.rest();
  await other.sync.stop();
  other.phone.close(other.diary);
  const again = await home.start(other.phone);
  await again.sync.now();
  await again.sync.now();
  home.server.prune();
  const fresh = await home.device();
  assertSame(again, fresh);
  assert.deepEqual(notes(fresh.diary), ["from elsewhere", "from elsewhere too", "here"]);
});

for (const where of ["in the pull alone", "wherever it is asked for"]) {
  test(`words that the server gives without their content ${where} come, or it is told until they do`, async (context) => {
    const { home, one, other } = await before(context);
    const [last] = heads(home).slice(-1);
    home.server.lie = (path, answer) =>
      "revisions" in answer && !(where === "in the pull alone" && path.startsWith("wanted"))
        ? {
            ...answer,
            revisions: (answer as Answer).revisions.map((row) => (last !== undefined && row.id === last.id ? asStub(row, last) : row)),
          }
        : answer;
    await other.sync.now();
    if (where !== "in the pull alone") {
      assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: "server-differs", records: 0 });
      await other.sync.stop();
      other.phone.close(other.diary);
    }
    const again = where === "in the pull alone" ? other : await home.start(other.phone);
    home.server.lie = (_path, answer) => answer;
    if (again !== other) await again.sync.now();
    assertSame(one, again);
  });
}

const asStub = ({ blob, ...row }: Row, { blobHash }: Stored): Row => ({ ...row, blob_hash: blobHash });

test("a roll that its keeper refuses is told, and nothing that came with it is stored", async (context) => {
  const { home, other } = await before(context);
  home.addRollEntry();
  other.roll.says = "refused";
  const { revisions } = await other.phone.rows();
  await other.sync.now();
  assert.deepEqual(other.sync.status.value, { kind: "needs-you", reason: "roll-forked", records: 0 });
  assert.deepEqual((await other.phone.rows()).revisions, revisions);
  other.roll.says = "taken";
  await other.sync.now();
  assert.equal(other.roll.given.length, 2);
  assert.equal(other.sync.status.value.kind, "backed-up");
});
