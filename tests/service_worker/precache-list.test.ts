import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MalformedList, parsePrecacheList } from "../../service_worker/precache-list.ts";

const digest = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const shell = { url: "/", revision: null, integrity: digest };
const script = { url: "/static/built/app-A1.js", revision: null, integrity: digest };

const malformed: readonly [string, unknown, string][] = [
  ["the text the server should have replaced", "__CAIRN_PRECACHE__", "not-a-list"],
  ["nothing", null, "not-a-list"],
  ["an empty list", [], "no-shell"],
  ["a list without the shell", [script], "no-shell"],
  ["a file without a digest", [shell, { url: "/a.js", revision: "1" }], "no-digest"],
  ["a file with an empty digest", [shell, { url: "/a.js", integrity: "" }], "no-digest"],
  ["a digest no browser checks", [shell, { url: "/a.js", integrity: "md5-AAAA" }], "no-digest"],
  ["a digest that checks nothing", [shell, { url: "/a.js", integrity: "sha256-" }], "no-digest"],
  ["another origin", [shell, { ...script, url: "https://elsewhere.example/a.js" }], "foreign-url"],
  ["another origin without a scheme", [shell, { ...script, url: "//elsewhere.example/a.js" }], "foreign-url"],
  ["another origin the crooked way", [shell, { ...script, url: "/\\elsewhere.example/a.js" }], "foreign-url"],
  ["a path that is not from the root", [shell, { ...script, url: "a.js" }], "foreign-url"],
  ["a bare text", [shell, "/a.js"], "foreign-url"],
  ["a hole", [shell, null], "foreign-url"],
  ["a file twice", [shell, script, { ...script }], "listed-twice"],
];

describe("a worker starts only with a list that says which bytes to trust", () => {
  test("each file comes out with its URL and digest alone", () => {
    assert.deepEqual(parsePrecacheList([shell, script]), [
      { url: "/", integrity: digest },
      { url: "/static/built/app-A1.js", integrity: digest },
    ]);
  });

  for (const [name, list, code] of malformed) {
    test(`${name} is refused: ${code}`, () => {
      assert.throws(
        () => parsePrecacheList(list),
        (error) => error instanceof MalformedList && error.code === code,
      );
    });
  }
});
