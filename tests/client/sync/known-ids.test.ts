/** Ids that are used again, and rows that are of no vault: nothing of them is taken, and what is here stays as it is. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { headerSize } from "../../../pwa/client/replica/header.ts";
import { remembered } from "../store/phone.ts";
import { assertSame, type Context, change, type Device, Home, notes, syncAll } from "./devices.ts";
import { bytes, type MemoryServer, sha256 } from "./memory-server.ts";

type Row = Record<string, unknown> & { readonly id: string };
type Answer = Record<string, unknown> & { readonly revisions: readonly Row[] };

const DIFFERS = { kind: "needs-you", reason: "server-differs", records: 0 };

const changed = (text: unknown): string => {
  const content = bytes(String(text));
  content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
  return content.toString("base64url");
};

async function two(context: Context): Promise<{ home: Home; one: Device; other: Device }> {
  const home = await Home.make(context);
  const [one, other] = [await home.device(), await home.device()];
  const id = await one.diary.create(checkIn, { note: "first" });
  await change(one.diary, id, "second");
  await syncAll(one, other);
  return { home, one, other };
}

/** Nothing of it was taken: what is here stays, is told, and goes on once the server is sound. */
async function takesNothing({ one, other }: { readonly one: Device; readonly other: Device }, mend: () => void): Promise<void> {
  const [said, rows] = [remembered(other.diary), (await other.phone.rows()).revisions];
  await other.sync.now();
  assert.deepEqual(other.sync.status.value, DIFFERS);
  assert.deepEqual(remembered(other.diary), said);
  assert.deepEqual((await other.phone.rows()).revisions, rows);
  mend();
  await syncAll(other, one);
  assertSame(one, other);
}

for (const member of ["header", "blob", "blob_hash"] as const) {
  test(`an id that is known here, given again with another ${member}: nothing of it is taken`, async (context) => {
    const all = await two(context);
    const { server } = all.home;
    const known = new Set(server.rows.filter(({ isRoll }) => !isRoll).map(({ id }) => id));
    // The index is read anew, and what is known is given again.
    if (member === "blob_hash") server.generation = "A".repeat(22);
    else {
      for (const row of server.rows.slice(1)) server.rows.push(again(server, row));
    }
    server.lie = (_path, answer) =>
      "revisions" in answer
        ? { ...answer, revisions: (answer as Answer).revisions.map((row) => (known.has(row.id) && member in row ? other(row) : row)) }
        : answer;
    const other = (row: Row): Row => ({ ...row, [member]: changed(row[member]) });
    await takesNothing(all, () => {
      server.lie = (_path, answer) => answer;
    });
  });
}

/** The row once more, at the end of the log. */
function again(server: MemoryServer, row: MemoryServer["rows"][number]): MemoryServer["rows"][number] {
  const last = server.rows.at(-1);
  assert.ok(last);
  return { ...row, seq: last.seq + 1, chain: sha256(last.chain, bytes(row.id)) };
}

test("an id that stands in the log twice is one revision here, and nothing is shown twice", async (context) => {
  const { home, one, other } = await two(context);
  const { length } = (await other.phone.rows()).revisions;
  for (const row of home.server.rows.filter(({ isRoll }) => !isRoll)) home.server.rows.push(again(home.server, row));
  await syncAll(other, one);
  assert.equal((await other.phone.rows()).revisions.length, length);
  assert.deepEqual(notes(other.diary), ["second"]);
  assertSame(one, other);
  const fresh = await home.device();
  assert.deepEqual(fresh.sync.status.value, DIFFERS, "in one page it is no answer");
});

test("an id that a push names twice in its answer, or another one, is no answer: what was sent waits", async (context) => {
  const { home, one } = await two(context);
  for (const lie of [
    (results: readonly Row[]) => results.map((result) => ({ ...result, id: results[0]?.id })),
    (results: readonly Row[]) => [...results, ...results],
    (results: readonly Row[]) => [...results].reverse(),
    (results: readonly Row[]) => results.slice(1),
  ]) {
    home.server.lie = (_path, answer) => ("results" in answer ? { ...answer, results: lie(answer.results as readonly Row[]) } : answer);
    one.world.fetch = () => Promise.reject(new TypeError("cut"));
    await one.diary.create(checkIn, { note: "waits" });
    await one.diary.create(checkIn, { note: "waits too" });
    one.world.fetch = (address, init) => home.server.fetch(address, init);
    await one.sync.now();
    const { kind, reason } = one.sync.status.value as { kind: string; reason?: string };
    assert.deepEqual({ kind, reason }, { kind: "needs-you", reason: "server-differs" });
    home.server.lie = (_path, answer) => answer;
    await one.sync.now();
    assertSame(one, await home.device());
  }
});

/** A header of the last row, in which something else stands. */
const FORGED: readonly (readonly [string, (header: Buffer) => Buffer])[] = [
  ["of another space", (header) => withByte(header, 3, (header[3] ?? 0) ^ 1)],
  ["that erases", (header) => withByte(header, 1, 2)],
  ["of an owner that there is none of", (header) => withByte(header, 2, 9)],
  ["with a parent cut short", (header) => Buffer.concat([header, randomBytes(31)])],
];

function withByte(header: Buffer, at: number, byte: number): Buffer {
  const other = Buffer.from(header);
  other[at] = byte;
  return other;
}

for (const [what, forged] of FORGED) {
  test(`a row ${what}, under an id that is right, is not taken, and nothing that came with it`, async (context) => {
    const all = await two(context);
    const { server } = all.home;
    const putBack = server.backup();
    plant(server, forged);
    await takesNothing(all, () => putBack("by hand"));
  });
}

test("a row that is made a group's takes nothing away, and its record is written anew", async (context) => {
  const all = await two(context);
  // In place of the first parent, whoever is to have signed it; of the rest, none.
  plant(all.home.server, (header) => withByte(header, 2, 1).subarray(0, headerSize("group", 0)));
  plant(all.home.server, (header) => withByte(header, 2, 1).subarray(0, headerSize("group", 0)));
  await syncAll(all.other, all.one);
  assertSame(all.one, all.other, await all.home.device());
  assert.deepEqual(notes(all.other.diary), ["second"]);
});

/** Put a row at the end of the log that no sound server takes. */
function plant(server: MemoryServer, forged: (header: Buffer) => Buffer): void {
  const last = server.rows.at(-1);
  assert.ok(last);
  const [header, blob] = [forged(bytes(last.header)), randomBytes(300)];
  const blobHash = sha256(blob);
  const id = sha256(header, blobHash).toString("base64url");
  const [text, content] = [header.toString("base64url"), blob.toString("base64url")];
  server.rows.push(again(server, { ...last, id, header: text, blob: content, blobHash: blobHash.toString("base64url") }));
}
