import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type CairnFile,
  type FileCode,
  type FileRecord,
  FileRefused,
  LARGEST_FILE_BYTES,
  makeCairnFile,
  parseCairnFile,
  readCairnFile,
} from "../../../pwa/client/domain/file.ts";

const ID = "A".repeat(43);
const OTHER = `${"B".repeat(42)}A`;
const body = { type: "check-in", writers: { w: 1 }, fields: [["note", "w", 1, "tea", 5]] };
const record: FileRecord = {
  id: ID,
  type: "check-in",
  in_trash: false,
  shown: { note: "tea" },
  revisions: [{ id: OTHER, parents: [ID], body }],
};
const file: CairnFile = makeCairnFile([record], "2026-05-14T12:00:00.000Z");

const changed = (record_: object) => ({ ...file, records: [{ ...record, ...record_ }] });
const revision = (revision_: object) => changed({ revisions: [{ ...record.revisions[0], ...revision_ }] });

describe("a saved file is read back as it was", () => {
  test("through text", () => assert.deepEqual(readCairnFile(JSON.stringify(file)), file));
  test("indented", () => assert.deepEqual(readCairnFile(JSON.stringify(file, null, 2)), file));
  test("empty", () => {
    const empty = makeCairnFile([], "2026-05-14T12:00:00Z");
    assert.deepEqual(parseCairnFile(empty), empty);
  });
  test("keys from elsewhere are left out, a body is handed on untouched", () => {
    const wide = { ...changed({ more: 1 }), more: 1 };
    assert.deepEqual(parseCairnFile(wide), file);
    const odd = { later: [1, { deep: null }] };
    assert.deepEqual(parseCairnFile(revision({ body: odd })).records[0]?.revisions[0]?.body, odd);
  });
  test("the count comes last, so that what is cut does not have it", () => {
    assert.equal(Object.keys(file).at(-1), "count");
  });
});

describe("any other file is refused whole, with a code and a place", () => {
  const examples: [rule: string, json: unknown, code: FileCode, where?: string][] = [
    ["null", null, "another-app"],
    ["a list", [], "another-app"],
    ["a number", 9, "another-app"],
    ["an empty map", {}, "another-app"],
    ["another app's export", { app: "other", records: [] }, "another-app"],
    ["another kind of file of ours", { ...file, format: "cairn-group" }, "another-app"],
    ["a later version", { ...file, version: 2, records: "new shape" }, "later-version", "version"],
    ["no version", { ...file, version: undefined }, "malformed", "version"],
    ["version 0", { ...file, version: 0 }, "malformed", "version"],
    ["version 1.5", { ...file, version: 1.5 }, "malformed", "version"],
    ["no count", { ...file, count: undefined }, "cut", "count"],
    ["nothing after its head", { ...file, records: undefined, count: undefined }, "cut", "count"],
    ["a record missing", { ...file, count: 2 }, "cut", "count"],
    ["a record too many", { ...file, count: 0 }, "cut", "count"],
    ["a count in words", { ...file, count: "one" }, "cut", "count"],
    ["no date", { ...file, made: undefined }, "malformed", "made"],
    ["a date in words", { ...file, made: "yesterday" }, "malformed", "made"],
    ["records that are no list", { ...file, records: {} }, "malformed", "records"],
    ["a record that is none", { ...file, records: [null] }, "malformed", "records.0"],
    ["the second record", { ...file, records: [record, 9], count: 2 }, "malformed", "records.1"],
    ["a short id", changed({ id: "A" }), "malformed", "records.0.id"],
    ["no type", changed({ type: "" }), "malformed", "records.0.type"],
    ["in_trash in words", changed({ in_trash: "no" }), "malformed", "records.0.in_trash"],
    ["shown that is no map", changed({ shown: [] }), "malformed", "records.0.shown"],
    ["no revisions", changed({ revisions: [] }), "malformed", "records.0.revisions"],
    ["a revision that is none", changed({ revisions: [1] }), "malformed", "records.0.revisions.0"],
    ["a revision's id", revision({ id: 9 }), "malformed", "records.0.revisions.0.id"],
    ["parents no list", revision({ parents: ID }), "malformed", "records.0.revisions.0.parents"],
    ["a parent", revision({ parents: [ID, ""] }), "malformed", "records.0.revisions.0.parents.1"],
    ["no body", revision({ body: null }), "malformed", "records.0.revisions.0.body"],
  ];
  for (const [rule, json, code, where = ""] of examples) {
    test(`${rule}: ${code} ${where}`, () => {
      assert.throws(
        () => parseCairnFile(json),
        (error) => error instanceof FileRefused && error.code === code && error.where === where,
      );
    });
  }

  const texts: [rule: string, content: string, code: FileCode][] = [
    ["nothing", "", "not-json"],
    ["a letter", "Dear diary", "not-json"],
    ["a file of ours, its end missing", JSON.stringify(file).slice(0, -20), "cut"],
    ["an indented one, its end missing", JSON.stringify(file, null, 2).slice(0, 60), "cut"],
    ["another app's, its end missing", '{"app": "other", "x": ', "not-json"],
  ];
  for (const [rule, content, code] of texts) {
    test(`${rule}: ${code}`, () => {
      assert.throws(
        () => readCairnFile(content),
        (error) => error instanceof FileRefused && error.code === code && error.cause !== undefined,
      );
    });
  }

  test("law: a file cut anywhere is never read", () => {
    const content = JSON.stringify(file);
    fc.assert(
      fc.property(fc.nat(content.length - 1), (end) => {
        assert.throws(() => readCairnFile(content.slice(0, end)), FileRefused);
      }),
    );
  });

  test("law: any JSON at all is read or refused with a code, nothing else is thrown", () => {
    const shapes = fc.record({
      app: fc.constant("cairn"),
      format: fc.constant("cairn-diary"),
      version: fc.constant(1),
      made: fc.constant(file.made),
      records: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.constant(record), fc.jsonValue()))),
      count: fc.oneof(fc.nat(3), fc.jsonValue()),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), shapes), (json) => {
        try {
          assert.equal(parseCairnFile(json).app, "cairn");
        } catch (error) {
          assert.ok(error instanceof FileRefused);
        }
      }),
    );
  });

  test("every code stands in docs/file-format.md, and the largest size with it", () => {
    const page = readFileSync(new URL("../../../docs/file-format.md", import.meta.url), "utf8");
    const codes: Record<FileCode, true> = {
      "too-large": true,
      "not-json": true,
      "another-app": true,
      "later-version": true,
      cut: true,
      malformed: true,
    };
    for (const code of Object.keys(codes)) assert.ok(page.includes(`| \`${code}\` |`), code);
    assert.ok(page.includes(`${LARGEST_FILE_BYTES / 1024 / 1024} MiB`));
  });
});
