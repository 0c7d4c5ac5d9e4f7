import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { readCatalogue, type Words } from "../../../pwa/client/build/catalogue.ts";
import { listFaults, parseSource, readTexts } from "../../../pwa/client/build/sources.ts";
import { clientSources, root } from "../architecture/tree.ts";
import { findMissingKeys, findOddKeys, findUnfilled, findUntranslated, findUnusedKeys } from "./usage.ts";

const words = await readCatalogue(root, "en");
const [catalogue] = await readTexts(root, ["pwa/translations/en"], [".po"]);
assert.ok(catalogue, "there is an English catalogue");
const sources = (await clientSources()).filter(({ path }) => !path.endsWith("/keys.ts") && !path.startsWith("pwa/client/build"));
const others = (await readTexts(root, ["pwa"], [".py", ".html"])).filter(({ path }) => !path.startsWith("pwa/static/"));

test("the catalogue and those who use it are there", () => {
  assert.ok(Object.keys(words).length > 20);
  assert.ok(sources.length > 20);
  assert.ok(others.some(({ text }) => text.includes('_("')));
});

test("every key that is asked for is in the catalogue", () => {
  assert.equal(listFaults(findMissingKeys(words, sources, others)), "");
});

test("every key in the catalogue is used", () => {
  assert.equal(listFaults(findUnusedKeys(words, catalogue, sources, others)), "");
});

test("every placeholder is filled, and nothing else", () => {
  assert.equal(listFaults(findUnfilled(words, sources)), "");
});

test("every key names its part and its thing", () => {
  assert.equal(listFaults(findOddKeys(words, catalogue)), "");
});

test("every language has the same keys and placeholders", async () => {
  const languages = (await readdir(join(root, "pwa/translations"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  assert.ok(languages.some(({ name }) => name === "en"));
  for (const { name } of languages) assert.equal(listFaults(findUntranslated(words, name, await readCatalogue(root, name))), "");
});

const FEW: Words = {
  "day.title": "Your day",
  "day.of": "It is {day}",
  "day.count": ["{count} day with {name}", "{count} days with {name}"],
};
const IN_PO = {
  path: "messages.po",
  text: Object.keys(FEW)
    .map((key) => `msgid "${key}"\nmsgstr "x"`)
    .join("\n"),
};
const client = (text: string) => [parseSource("planted.tsx", text)];

test("planted: a key that is not there is found in the client, in a template and in Python", () => {
  assert.match(listFaults(findMissingKeys(FEW, client('t("day.name");'), [])), /day\.name is not in the catalogue/);
  assert.match(listFaults(findMissingKeys(FEW, client(`t(\`night.\${name}\`);`), [])), /No key is like/);
  assert.match(listFaults(findMissingKeys(FEW, client('t(isNew ? "day.title" : "day.name");'), [])), /day\.name is not in the catalogue/);
  assert.match(listFaults(findMissingKeys(FEW, [], [{ path: "a.html", text: '\n<p>{{ _("day.name") }}</p>' }])), /a\.html:2: day\.name/);
  assert.match(listFaults(findMissingKeys(FEW, [], [{ path: "a.py", text: "title=_('day.name')" }])), /a\.py:1: day\.name/);
});

test("planted: a key nobody uses is found, with its line; literals and families use one", () => {
  const used = client('const KEYS = ["day.title"]; tn("day.count", 2, { name });');
  assert.equal(listFaults(findUnusedKeys(FEW, IN_PO, used, [])), "messages.po:3: Nothing uses day.of.");
  assert.deepEqual(findUnusedKeys(FEW, IN_PO, client(`t(\`day.\${thing}\`);`), []), []);
  assert.deepEqual(findUnusedKeys({ "day.title": "" }, IN_PO, [], [{ path: "a.html", text: "{{ _('day.title') }}" }]), []);
});

test("planted: a placeholder left empty, and one too many, are found", () => {
  assert.match(listFaults(findUnfilled(FEW, client('t("day.of");'))), /\{day\} is not filled/);
  assert.match(listFaults(findUnfilled(FEW, client('t(isNew ? "day.title" : "day.of");'))), /\{day\} is not filled/);
  assert.match(listFaults(findUnfilled(FEW, client('t("day.title", { day });'))), /no \{day\} to fill/);
  assert.match(listFaults(findUnfilled(FEW, client('tn("day.count", 3);'))), /\{name\} is not filled/);
  assert.deepEqual(findUnfilled(FEW, client('t("day.of", { day: 1 }); tn("day.count", 3, { name }); t(key); t("day.of", all);')), []);
});

test("planted: a key of another shape is found", () => {
  for (const key of ["Title", "day", "day.Title", "day.the title", "day."]) assert.equal(findOddKeys({ [key]: "x" }, IN_PO).length, 1, key);
});

test("planted: a translation that lacks a key, has one too many, or fills something else is found", () => {
  const welsh: Words = { "day.title": "Eich diwrnod {x}", "day.count": ["{count} {name}", "{count} {name}"], "day.old": "Hen" };
  const faults = listFaults(findUntranslated(FEW, "cy", welsh));
  for (const says of [/day\.of is not translated/, /day\.old is not in the English/, /day\.title fills \{x\}/]) assert.match(faults, says);
});
