import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  fromBase64url,
  isWriter,
  MalformedId,
  makeKeyId,
  makeRecordId,
  makeSpaceId,
  makeWriter,
  parseAuthor,
  parseKeyId,
  parseRecordId,
  parseRevisionId,
  parseSpaceId,
  parseWriter,
  toBase64url,
} from "../../../pwa/client/replica/ids.ts";

function refuses(code: MalformedId["code"], work: () => unknown) {
  assert.throws(work, (error) => error instanceof MalformedId && error.code === code);
}

test("base64url is the platform's, there and back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = toBase64url(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64url"));
      assert.deepEqual(fromBase64url(text), bytes);
    }),
    { seed: Number(process.env.CAIRN_SEED ?? 1) },
  );
});

test("text with any other sign, a padding, or bits left over is refused", () => {
  for (const text of ["A", "AA==", "AA+A", "AA/A", "AA A", "ÄAAA", "AB", "AAB", "AAAAA"]) {
    refuses("not-base64url", () => fromBase64url(text));
  }
});

test("each kind of id has its length and no other", () => {
  const kinds = [
    [parseRecordId, 32],
    [parseRevisionId, 32],
    [parseSpaceId, 16],
    [parseKeyId, 16],
    [parseAuthor, 16],
    [parseWriter, 12],
  ] as const;
  for (const [parse, count] of kinds) {
    const right = toBase64url(new Uint8Array(count));
    assert.equal(parse(right), right);
    refuses("wrong-length", () => parse(toBase64url(new Uint8Array(count + 3))));
    refuses("wrong-length", () => parse(""));
  }
});

test("ids are made from the chance handed in", () => {
  const random = (count: number) => new Uint8Array(count).fill(255);
  assert.deepEqual(
    [makeRecordId, makeSpaceId, makeKeyId, makeWriter].map((make) => fromBase64url(make(random)).length),
    [32, 16, 16, 12],
  );
});

test("a writer's id is sixteen signs", () => {
  assert.ok(isWriter("aZ09-_aZ09-_aZ09"));
  for (const text of ["", "a".repeat(15), "a".repeat(17), `${"a".repeat(15)}=`, "__proto__"]) assert.equal(isWriter(text), false);
});
