import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { readCatalogue } from "../../../pwa/client/build/catalogue.ts";
import { root } from "../architecture/tree.ts";
import { CLINICAL, forbiddenWords, longSentences, median, PURPOSE, proseOf, readingGrade, UNKIND } from "./wording.ts";

/** Words of contests that pages about the code need in another sense: a link points, a request fails, a cache is missed. */
const TECHNICAL = /^(points|fail|miss|rank|complian|compl\(y)/;
const LONGEST_SENTENCE = 20;
/** Reading age 11. */
const HARDEST_GRADE = 6;

const texts = Object.entries(await readCatalogue(root, "en")).flatMap(([key, text]) => [text].flat().map((form) => ({ key, text: form })));
const pages = await documentation();

test("the catalogue and the docs are there", () => {
  assert.ok(texts.length > 50);
  assert.ok(pages.some(({ path }) => path === "README.md") && pages.some(({ path }) => path.startsWith("docs/")));
});

test("no text of the app uses a word that is unkind or clinical", () => {
  assert.deepEqual(
    found(texts, (text) => forbiddenWords(text, [...UNKIND, ...CLINICAL])),
    [],
  );
});

test("no text of the app raises its voice", () => {
  assert.deepEqual(
    found(texts, (text) => text.match(/[!¡！]/g) ?? []),
    [],
  );
});

test(`no sentence of the app has more than ${LONGEST_SENTENCE} words`, () => {
  assert.deepEqual(
    found(texts, (text) => longSentences(text, LONGEST_SENTENCE)),
    [],
  );
});

test("half of what the app says is read with ease at eleven", (context) => {
  const grades = texts.filter(({ text }) => text !== PURPOSE && text.split(" ").length >= 5).map(({ text }) => readingGrade(text));
  assert.ok(grades.length > 20);
  context.diagnostic(`median reading grade ${median(grades).toFixed(1)} over ${grades.length} texts of five words or more`);
  assert.ok(median(grades) <= HARDEST_GRADE, `median grade ${median(grades)}`);
});

test("the purpose stands whole in the app and in the README", () => {
  assert.ok(
    texts.some(({ text }) => text.includes(PURPOSE)),
    "in the catalogue",
  );
  const readme = pages.find(({ path }) => path === "README.md")?.text ?? "";
  assert.ok(proseOf(readme).replace(/\s+/g, " ").includes(PURPOSE), "in the README");
});

test("the docs make no claim to watch over a body, and put nobody into a contest or a war", () => {
  const words = [...CLINICAL, ...UNKIND.filter((pattern) => !TECHNICAL.test(pattern))];
  const prose = pages.map(({ path, text }) => ({ key: path, text: proseOf(text) }));
  assert.deepEqual(
    found(prose, (text) => forbiddenWords(text, words)),
    [],
  );
});

const UNKIND_TEXTS = [
  ...[
    "Your best streak",
    "You scored 5",
    "Scores",
    "Ranking",
    "A badge for you",
    "Ten points",
    "One point",
    "You failed",
    "A day was missed",
    "It is overdue",
  ],
  ...[
    "Compliance",
    "You suffer",
    "Suffering",
    "A victim of pain",
    "Battling on",
    "Pain warriors",
    "You haven’t written",
    "you haven't been",
  ],
  ...["We detect", "Analysis", "Analyze it", "Monitoring", "Measured", "Your diagnosis", "Alerts"],
];

for (const text of UNKIND_TEXTS) {
  test(`planted: “${text}” is found`, () => {
    assert.equal(forbiddenWords(text, [...UNKIND, ...CLINICAL]).length, 1);
  });
}

test("words that only contain such a word are let through, and so is the purpose", () => {
  assert.deepEqual(
    forbiddenWords(`Dismiss it. An appointment. After the decimal point. Underscore. Frankly. ${PURPOSE}`, [...UNKIND, ...CLINICAL]),
    [],
  );
});

test("the purpose in other words is found", () => {
  assert.deepEqual(forbiddenWords(PURPOSE.replace("predict", "foresee"), CLINICAL), ["diagnose", "monitor"]);
});

test("planted: a sentence of 21 words is found, one of 20 and the purpose are not", () => {
  assert.equal(longSentences(`Short one. ${"word ".repeat(21).trim()}.`, 20).length, 1);
  assert.deepEqual(longSentences(`${"word ".repeat(20).trim()}. And {name}. ${PURPOSE}`, 20), []);
});

test("the reading grade tells a plain text from a hard one", () => {
  assert.ok(readingGrade("The cat sat on the mat. It was warm there.") < 2);
  assert.ok(readingGrade("Subsequent synchronisation necessitates authentication of participating installations beforehand.") > 15);
});

test("a word of code in a page is let through, the same in its prose is found", () => {
  assert.deepEqual(forbiddenWords(proseOf("Call `monitor()`:\n```\ndetect\n```\nSee [here](https://alert.example)."), CLINICAL), []);
  assert.deepEqual(forbiddenWords(proseOf("It can *detect* a day."), CLINICAL), ["detect"]);
});

function found(all: readonly { key: string; text: string }[], find: (text: string) => readonly string[]): readonly string[] {
  return all.flatMap(({ key, text }) => find(text).map((what) => `${key}: ${what}`));
}

/** Pages about what the app does. Decisions are about code: there a figure may be measured. */
async function documentation(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const names = (await readdir(root)).filter((name) => name.endsWith(".md"));
  const inDocs = (await readdir(join(root, "docs"), { recursive: true })).map((name) => `docs/${name}`);
  const paths = [...names, ...inDocs.filter((name) => name.endsWith(".md") && !name.startsWith("docs/decisions/"))].sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })));
}
