/** Whatever the server answers becomes a page, or is refused by one name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { headerSize } from "../../../pwa/client/replica/header.ts";
import type { RevisionId } from "../../../pwa/client/replica/ids.ts";
import { MalformedAnswer, textIn } from "../../../pwa/client/sync/strict.ts";
import { type Page, parseMissing, parsePage, parseResults, wholeRoll } from "../../../pwa/client/sync/wire.ts";

const hash = "A".repeat(43);
const sound = {
  revisions: [{ seq: 1, id: hash, header: "AA", blob: "AAAA", received_on: "2026-05-14" }],
  next: null,
  at: 1,
  chain: hash,
  head: 1,
  generation: "A".repeat(22),
};

test("a sound page is read; fields that a later server may add are passed over", () => {
  const page = parsePage(JSON.stringify({ ...sound, later: true }));
  assert.deepEqual({ ...page, revisions: page.revisions.map(({ seq, id }) => [seq, id]) }, { ...page, revisions: [[1, hash]] });
});

test("any value in any place is read or refused as malformed, and nothing else comes of it", () => {
  const places = [
    ...Object.keys(sound),
    ...Object.keys(sound.revisions[0] ?? {}).map((name) => `row ${name}`),
    "row blob_hash",
    "row signature",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
      const [row] = sound.revisions;
      const page = place.startsWith("row ") ? { ...sound, revisions: [{ ...row, [place.slice(4)]: value }] } : { ...sound, [place]: value };
      isReadOrRefused(() => parsePage(JSON.stringify(page)));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      for (const read of [parsePage, (all: string) => parseResults(all, [hash]), (all: string) => parseMissing(all, [hash])]) {
        isReadOrRefused(() => read(text));
      }
      assert.equal(typeof textIn(text, "code"), "string");
    }),
  );
});

test("results are of what was sent, in its order; what is missing was asked about", () => {
  const results = (...items: unknown[]): string => JSON.stringify({ results: items });
  const other = "B".repeat(42).concat("A");
  assert.equal(parseResults(results({ id: hash, status: "stored" }), [hash])[0]?.status, "stored");
  for (const items of [
    [],
    [{ id: other, status: "stored" }],
    [{ id: hash, status: "lost" }],
    [{ id: hash, status: "rejected", code: 1 }],
  ]) {
    assert.throws(() => parseResults(results(...items), [hash]), MalformedAnswer);
  }
  assert.deepEqual(parseMissing(JSON.stringify({ missing: [hash] }), [hash, other]), [hash]);
  assert.throws(() => parseMissing(JSON.stringify({ missing: [other] }), [hash]), MalformedAnswer);
});

test("a roll comes to an end: headers count as contents do, and none is longer than of one parent", async () => {
  const roll = (header: number, blob: number, onPage = 1_000) => {
    let pages = 0;
    const ask = (after: number): Promise<Page> => {
      pages += 1;
      const row = { id: hash as RevisionId, header: new Uint8Array(header), blob: new Uint8Array(blob), blobHash: null, signature: null };
      const revisions = Array.from({ length: onPage }, (_, i) => ({ ...row, seq: after + i + 1 }));
      const next = after + onPage < 10_000 ? after + onPage : null;
      return Promise.resolve({ revisions, next, at: 0, chain: hash, head: 0, generation: "" });
    };
    return { read: () => wholeRoll(ask), pages: () => pages };
  };
  const longest = headerSize("vault", 1);
  assert.equal((await roll(longest, 6_000).read()).length, 10_000);
  const long = roll(longest + 1, 0);
  await assert.rejects(long.read(), MalformedAnswer);
  assert.equal(long.pages(), 1);
  // 64 MiB of contents and headers, and not of contents alone.
  await assert.rejects(roll(longest, 6_700).read(), MalformedAnswer);
  assert.equal((await roll(0, 6_700).read()).length, 10_000);
});

function isReadOrRefused(read: () => unknown): void {
  try {
    read();
  } catch (cause) {
    assert.ok(cause instanceof MalformedAnswer, String(cause));
  }
}
