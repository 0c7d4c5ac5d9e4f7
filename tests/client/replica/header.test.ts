import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeHeader, type Header, headerSize, MalformedHeader, NewerFormat, parseHeader } from "../../../pwa/client/replica/header.ts";
import { parseAuthor, parseKeyId, parseRecordId, parseSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { revisionId } from "./examples.ts";

const bytes = (count: number, value: number) => toBase64url(new Uint8Array(count).fill(value));
const inVault: Header = {
  format: 1,
  kind: "edit",
  owner: "vault",
  space: parseSpaceId(bytes(16, 1)),
  record: parseRecordId(bytes(32, 2)),
  keyId: parseKeyId(bytes(16, 3)),
  parents: [],
};
const inGroup: Header = { ...inVault, owner: "group", author: parseAuthor(bytes(16, 4)) };

function refuses(code: MalformedHeader["code"], work: () => unknown) {
  assert.throws(work, (error) => error instanceof MalformedHeader && error.code === code);
}

test("a header has fixed widths in a fixed order", () => {
  const made = encodeHeader({ ...inGroup, kind: "erase", parents: [revisionId(5)] });
  assert.deepEqual([...made.subarray(0, 3)], [1, 2, 1]);
  assert.deepEqual([made[3], made[19], made[51], made[67], made[83], made.length], [1, 2, 3, 4, 5, 115]);
  assert.equal(encodeHeader(inVault).length, headerSize("vault", 0));
});

test("a header comes back as it was", () => {
  for (const header of [inVault, inGroup, { ...inGroup, kind: "roll" } as const]) {
    assert.deepEqual(parseHeader(encodeHeader(header)), header);
  }
});

test("parents are named once, in the order of their bytes and not of their letters", () => {
  const [low, high] = [revisionId(0x00), revisionId(0xfb)];
  assert.ok(high < low, "as text they stand the other way round");
  const parents = [high, low, high];
  assert.deepEqual(parseHeader(encodeHeader({ ...inVault, parents })).parents, [low, high]);
});

test("255 parents are taken, 256 refused", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const id = new Uint8Array(32);
      id[0] = i >> 8;
      id[1] = i;
      return toBase64url(id) as ReturnType<typeof revisionId>;
    });
  assert.equal(parseHeader(encodeHeader({ ...inVault, parents: many(255) })).parents.length, 255);
  refuses("too-many-parents", () => encodeHeader({ ...inVault, parents: many(256) }));
});

test("a newer format is told apart from what is malformed, whatever follows it", () => {
  assert.throws(() => parseHeader(Uint8Array.of(2)), NewerFormat);
  refuses("format", () => parseHeader(new Uint8Array()));
});

test("bytes that are no header are refused, each by its name", () => {
  const changed = (offset: number, value: number) => {
    const made = encodeHeader(inVault);
    made[offset] = value;
    return () => parseHeader(made);
  };
  refuses("format", changed(0, 0));
  refuses("kind", changed(1, 0));
  refuses("kind", changed(1, 4));
  refuses("kind", changed(1, 2));
  refuses("owner", changed(2, 2));
  refuses("length", changed(2, 1));
  refuses("length", () => parseHeader(encodeHeader(inVault).subarray(0, 60)));
});

test("parents out of order or named twice are refused", () => {
  const two = encodeHeader({ ...inVault, parents: [revisionId(1), revisionId(2)] });
  two.fill(3, 67, 99);
  refuses("parents", () => parseHeader(two));
  two.fill(2, 67, 99);
  refuses("parents", () => parseHeader(two));
});

test("a header that breaks its own rules is not written", () => {
  refuses("kind", () => encodeHeader({ ...inVault, kind: "erase" }));
  refuses("author", () => encodeHeader({ ...inVault, owner: "group" }));
  refuses("author", () => encodeHeader({ ...inGroup, owner: "vault" }));
  refuses("id", () => encodeHeader({ ...inVault, space: "short" as Header["space"] }));
  refuses("id", () => encodeHeader({ ...inVault, parents: ["AAAA" as Header["parents"][number]] }));
});
