import assert from "node:assert/strict";
import { test } from "node:test";
import { readCatalogue } from "../../../pwa/client/build/catalogue.ts";
import { numberKeys, withNumbers } from "../../../pwa/client/build/numbers.ts";
import { parseSource } from "../../../pwa/client/build/sources.ts";
import { clientSources, root } from "../architecture/tree.ts";

const numbers = numberKeys(["today.title", "went.less", "went.more"]);
const numbered = (text: string): string => withNumbers(parseSource("pwa/client/planted.tsx", text), numbers);

const ASKED: readonly (readonly [string, string])[] = [
  ['t("today.title");', "t(1);"],
  ['tn("went.less", 3);', "tn(2, 3);"],
  ['t(less ? "went.less" : "went.more", { day });', "t(less ? 2 : 3, { day });"],
  ['const WENT: Record<Went, Key> = { less: "went.less" };', "const WENT: Record<Went, Key> = { less: 2 };"],
  ['const both: Key[] = ["went.less", "went.more"];', "const both: Key[] = [2, 3];"],
  ['const keyOf = (): Key => "went.less";', "const keyOf = (): Key => 2;"],
  ['<p title={t("today.title")}>{t("went.more")}</p>;', "<p title={t(1)}>{t(3)}</p>;"],
  ["t(`went.$" + "{how}`);", "t(`went.$" + "{how}`);"],
  ['import { a } from "./went.ts"; a("day.of");', 'import { a } from "./went.ts"; a("day.of");'],
];

for (const [text, expected] of ASKED) {
  test(`a key becomes its number in: ${text}`, () => assert.equal(numbered(text), expected));
}

const ONLY_LIKE_KEYS = [
  'keep("today.title");',
  'const names = ["today.title"];',
  'const keys: Record<string, Key> = { "today.title": other };',
  'const isTitle = (key: Key) => key === "today.title";',
  "t(`$" + "{screen}.title`);",
  "t(`went$" + "{dot}less`);",
];

for (const text of ONLY_LIKE_KEYS) {
  test(`planted: ${text} stops the build`, () => assert.throws(() => numbered(text), /planted\.tsx:1: /));
}

test("numbers begin at 1, so that a key never reads like nothing", () => assert.equal(Math.min(...numbers.values()), 1));

test("every key of the catalogue that stands in the client may be numbered", async () => {
  const all = numberKeys(Object.keys(await readCatalogue(root, "en")));
  const sources = (await clientSources()).filter(({ path }) => !/\/(build|words)\//.test(path));
  const replaced = sources.filter((source) => withNumbers(source, all) !== source.text);
  assert.ok(replaced.length > 20, `${replaced.length} files hold keys`);
});
