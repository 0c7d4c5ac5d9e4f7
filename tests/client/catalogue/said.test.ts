import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, saidIn } from "../../../pwa/client/build/catalogue.ts";
import { numberKeys } from "../../../pwa/client/build/numbers.ts";

const KEYS = ["today.title", "day.of", "went.less", "went.more", "problem.title"];

test("a key stands with the first screens when both they and others say it", () => {
  const said = saidIn(KEYS, { first: 'a("today.title")', later: "b('today.title',c(\"day.of\"))" });
  assert.deepEqual([[...said.first], [...said.later]], [["today.title"], ["day.of"]]);
});

test("a template's beginning says all keys that begin so", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a script's text, as the bundler writes it
  const said = saidIn(KEYS, { first: "a(`went.${b}`)", later: "" });
  assert.deepEqual([...said.first], ["went.less", "went.more"]);
});

test("what no script says is in neither", () => {
  const said = saidIn(KEYS, { first: 'a("today.title")', later: 'b("day.of")' });
  assert.ok(!said.first.has("problem.title") && !said.later.has("problem.title"));
});

test("words with numbers are written as a list from the first number on, the others by their names", () => {
  const words = { "day.of": ["one day", "{count} days"], "went.less": "Less", "today.title": "Today" };
  const data: unknown = JSON.parse(
    dataOf(words, ["day.of", "went.less", "today.title"], numberKeys(["said.before", "day.of", "today.title"])),
  );
  assert.deepEqual(data, { from: 2, texts: [["one day", "{count} days"], "Today"], named: { "went.less": "Less" } });
});
