import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { ChoiceField, DecimalField, Field, FieldValue, TextField, WholeField } from "../../../pwa/client/domain/field.ts";
import { recordTypes } from "../../../pwa/client/domain/record-types.ts";

const page = readFileSync(new URL("../../../docs/domain.md", import.meta.url), "utf8");

type Row = { type: string; field: string; kind: string; takes: string; meaning: string };

/** What the table says a field takes, from the field itself. */
function takes(field: Field<FieldValue>): string {
  switch (field.kind) {
    case "text": {
      const { lines, max } = field as TextField;
      return `${lines === "one" ? "one line" : "any lines"}, up to ${max} characters`;
    }
    case "choice":
      return (field as ChoiceField<string>).options.map((option) => `\`${option}\``).join(" · ");
    case "whole":
    case "decimal": {
      const { min, max } = field as unknown as WholeField | DecimalField;
      return `${min} to ${max}`;
    }
    default:
      return "";
  }
}

function rowsOfPage(): Row[] {
  return page
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const type = /^`([^`]+)`/.exec(section)?.[1] ?? "";
      return [...section.matchAll(/^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm)].map(
        ([, field = "", kind = "", says = "", meaning = ""]) => ({
          type,
          field,
          kind: kind.trim(),
          takes: says.trim(),
          meaning: meaning.trim(),
        }),
      );
    });
}

describe("docs/domain.md and the record types say the same", () => {
  const rows = rowsOfPage();

  test("every field of every type stands in the tables, in order, and nothing else does", () => {
    const fromTypes = Object.values(recordTypes).flatMap((type) =>
      Object.entries(type.fields).map(([field, { kind }]) => `${type.name}.${field}: ${kind}`),
    );
    assert.ok(fromTypes.length > 50);
    assert.deepEqual(
      rows.map((row) => `${row.type}.${row.field}: ${row.kind}`),
      fromTypes,
    );
  });

  test("what each field takes is what its schema takes", () => {
    for (const row of rows) {
      const type = Object.values(recordTypes).find(({ name }) => name === row.type);
      const field = (type?.fields as Record<string, Field<FieldValue>> | undefined)?.[row.field];
      assert.ok(field, `${row.type}.${row.field}`);
      assert.equal(row.takes, takes(field), `${row.type}.${row.field}`);
      assert.notEqual(row.meaning, "", `${row.type}.${row.field}`);
    }
  });

  test("a record type is kept under its own name", () => {
    for (const [name, type] of Object.entries(recordTypes)) assert.equal(name, type.name);
  });
});
