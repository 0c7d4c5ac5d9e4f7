/** Nothing that a person typed stands readable in the database, in any store, in any of the usual spellings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, goal, win } from "../../../pwa/client/domain/record-types.ts";
import { type Sealing, sealing } from "../../../pwa/client/vault/sealing.ts";
import { sealing as unsealed } from "../vault/unsealed.ts";
import { daysAgo, NOTHING, Phone, type Rows } from "./phone.ts";

/** Words that nothing else in the database looks like. */
const MARKERS = ["qxzvkwpjbn", "zürnöxqvkä", "جقخضذظغثصط", "🦆🧭🪨🕯️"];

/** Live a while with the markers in every place where one can type; gives what the database holds after. */
async function lived(context: { after(done: () => void): void }, by: Sealing): Promise<Rows> {
  const phone = new Phone(context, { sealing: by });
  const diary = await phone.begin();
  const typed = (about: string): string => `${about} ${MARKERS.join(" ")} ${about}`;
  for (let i = 0; i < 60; i++) {
    await diary.create(checkIn, { day: daysAgo(20 * i), note: typed(`note ${i}`) });
  }
  const [kept] = diary.all(checkIn).value;
  assert.ok(kept);
  await diary.change(checkIn, kept, { note: typed("changed"), word: typed("word") });
  const gone = await diary.create(goal, { words: typed("goal") });
  const thrown = diary.one(goal, gone);
  assert.ok(thrown);
  await diary.trash(goal, thrown as never);
  await diary.rest();
  const draft = await diary.draft("win");
  await draft.keep({ words: typed("draft") });
  draft.release();
  const again = await phone.open();
  await again.whole();
  await again.create(win, { words: typed("win") });
  return phone.rows();
}

/** Every spelling of a word in which a search of raw files would find it. */
function spellings(word: string): Buffer[] {
  const bytes = Buffer.from(word, "utf8");
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    // The first and the last signs also hold bits of the neighbours.
    return text.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [
    bytes,
    Buffer.from(word, "utf16le"),
    Buffer.from(word, "utf16le").swap16(),
    Buffer.from(bytes.toString("hex")),
    Buffer.from(bytes.toString("hex").toUpperCase()),
    Buffer.from(
      JSON.stringify(word)
        .slice(1, -1)
        .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ),
    ...base64.map((text) => Buffer.from(text)),
    ...base64.map((text) => Buffer.from(text.replaceAll("+", "-").replaceAll("/", "_"))),
  ];
}

/** All that a row holds, as bytes: binary values as they are, the rest as text. */
function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== "object" || value === null) return Buffer.from(String(value));
  const parts = Object.entries(value).flatMap(([key, inside]) => [Buffer.from(`${key}:`), bytesOf(inside), Buffer.from(";")]);
  return Buffer.concat(parts);
}

function found(rows: Rows): string[] {
  const places: string[] = [];
  for (const [store, all] of Object.entries(rows)) {
    for (const [key, value] of all) {
      const bytes = Buffer.concat([bytesOf(key), Buffer.from("="), bytesOf(value)]);
      for (const marker of MARKERS)
        if (spellings(marker).some((spelling) => bytes.includes(spelling))) places.push(`${store}/${String(key)}`);
    }
  }
  return [...new Set(places)];
}

test("nothing typed can be read in any row", async (context) => {
  const rows = await lived(context, sealing);
  assert.ok(rows.revisions.length >= 64 && rows.local.length >= 5, "there must be something to search");
  assert.deepEqual(found(rows), []);
});

test("the search finds all of it where nothing is sealed", async (context) => {
  const rows = await lived(context, unsealed);
  const places = found(rows);
  assert.ok(
    rows.revisions.every(([key]) => places.includes(`revisions/${String(key)}`)),
    "every revision",
  );
  for (const piece of ["local/snapshot/near", "local/snapshot/month/2025-05", "local/draft/win/1"])
    assert.ok(places.includes(piece), piece);
});

test("the search knows every spelling", () => {
  for (const marker of MARKERS) {
    for (const spelling of spellings(marker)) {
      const hidden = Buffer.concat([Buffer.from([1, 2]), spelling, Buffer.from([3])]);
      assert.deepEqual(found({ ...NOTHING, revisions: [[1, new Uint8Array(hidden)]] }), ["revisions/1"]);
    }
    for (const before of ["", "a", "ab", "abc"]) {
      for (const spelling of ["base64", "base64url", "hex"] as const) {
        const hidden = Buffer.from(`${before}${marker}xyz`).toString(spelling);
        assert.deepEqual(found({ ...NOTHING, local: [["x", { hidden }]] }), ["local/x"], `${before} ${spelling}`);
      }
    }
  }
});

test("names of rows tell nothing but forms, months and ids", async (context) => {
  const { vault, local, probe } = await lived(context, sealing);
  assert.deepEqual(
    vault.map(([key]) => key),
    ["device-key", "slot"],
  );
  for (const [key] of local) assert.match(String(key), /^(snapshot\/near|snapshot\/month\/\d{4}-\d\d|draft\/[a-z-]+\/\d+)$/);
  assert.deepEqual(probe, []);
});
