import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeBody, MalformedBody, parseBody, revisionSize } from "../../../pwa/client/replica/body.ts";
import { LARGEST_REVISION } from "../../../pwa/client/replica/limits.ts";
import { padded } from "../../../pwa/client/replica/padding.ts";
import { EMPTY } from "../../../pwa/client/replica/state.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";
import { entry, state, writer } from "./examples.ts";

const tired = state({ a: 2 }, entry("note", "a", 1, "Tired"), entry("of a newer app", "a", 2, { deep: [1, null] }));
const BY = writer("a");

function bytesOf(json: unknown): Uint8Array {
  return new TextEncoder().encode(typeof json === "string" ? json : JSON.stringify(json));
}

function bodyWith(parts: Record<string, unknown>): Uint8Array {
  return bytesOf({ type: "check-in", saw: null, writers: { [BY]: 1 }, fields: [], ...parts });
}

function refuses(code: MalformedBody["code"], bytes: Uint8Array) {
  assert.throws(
    () => parseBody(bytes),
    (error) => error instanceof MalformedBody && error.code === code,
  );
}

test("a body comes back as it was, fields of a newer app among it", () => {
  const saw = { generation: "g", seq: 7, chain: "c" };
  assert.deepEqual(parseBody(encodeBody("check-in", tired, saw)), { type: "check-in", state: tired, saw });
  assert.deepEqual(parseBody(encodeBody("check-in", EMPTY)), { type: "check-in", state: EMPTY, saw: null });
});

test("any value comes back as it was: emoji, right-to-left, half an emoji, a key that objects inherit", () => {
  const values = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.constantFrom("🙂\ud800", "مرحبا", "\u0000\u2028"),
      fc.maxSafeInteger().map((n) => n + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "constructor"), tie("value"), { maxKeys: 3 }),
      fc.constant(JSON.parse('{"__proto__": 1}') as Value),
    ),
  })).value;
  fc.assert(
    fc.property(values, (value) => {
      const said = state({ a: 1 }, entry("note", "a", 1, value));
      assert.equal(JSON.stringify(parseBody(encodeBody("check-in", said)).state), JSON.stringify(said));
    }),
    { seed: Number(process.env.CAIRN_SEED ?? 1) },
  );
});

test("a body is padded with spaces, to 256 bytes at least", () => {
  assert.equal(encodeBody("check-in", EMPTY).length, 256);
  const long = encodeBody("check-in", state({ a: 1 }, entry("note", "a", 1, "x".repeat(900))));
  assert.equal(long.length, padded(long.length));
  assert.equal(long.at(-1), 0x20);
});

test("padding follows the published figures, hides at least 12 % and never shrinks", () => {
  assert.deepEqual([0, 256, 257, 1_000, 1_025, 100_000].map(padded), [256, 256, 272, 1_024, 1_088, 100_352]);
  for (let length = 257; length < 300_000; length += 97) {
    assert.ok(padded(length) >= length && padded(length) <= length * 1.12);
    assert.equal(padded(padded(length)), padded(length));
  }
});

test("bytes that are no body are refused, each by its name", () => {
  refuses("too-large", new Uint8Array(LARGEST_REVISION + 1));
  refuses("not-json", new Uint8Array(256));
  refuses("not-json", Uint8Array.of(0x22, 0xff, 0x22));
  refuses("not-json", encodeBody("check-in", tired).subarray(0, 40));
  refuses("not-a-map", bytesOf([]));
  refuses("type", bodyWith({ type: "" }));
  refuses("saw", bodyWith({ saw: { generation: "g", seq: -1, chain: "c" } }));
  refuses("saw", bodyWith({ saw: undefined }));
  refuses("writers", bodyWith({ writers: { short: 1 } }));
  refuses("writers", bytesOf('{"type":"t","saw":null,"fields":[],"writers":{"__proto__":1}}'));
  refuses("writers", bodyWith({ writers: { [BY]: 0 } }));
  refuses("fields", bodyWith({ fields: {} }));
});

test("an entry with any wrong part is refused", () => {
  const right = ["note", BY, 1, "Tired", 0];
  assert.ok(parseBody(bodyWith({ fields: [right] })));
  const wrong: readonly (readonly [number, unknown])[] = [
    [0, ""],
    [0, 1],
    [1, "__proto__"],
    [2, 0],
    [2, 1.5],
    [3, 0.5],
    [4, "now"],
    [4, 0.5],
    [5, 1],
  ];
  for (const [part, value] of wrong) {
    const entryParts: unknown[] = [...right];
    entryParts[part] = value;
    refuses("fields", bodyWith({ fields: [entryParts] }));
  }
  refuses("unknown-dot", bodyWith({ fields: [["note", BY, 2, "Tired", 0]] }));
});

test("lists within lists without end are refused, not a fall", () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  refuses("fields", bytesOf(`{"type":"t","saw":null,"writers":{"${BY}":1},"fields":[["note","${BY}",1,${deep},0]]}`));
});

test("the size of a revision has room for header, type and what was seen", () => {
  assert.ok(revisionSize({ state: EMPTY, parents: [] }) >= 256 + 28 + 83);
});
