import assert from "node:assert/strict";
import { test } from "node:test";
import { listFaults, parseSource, readTexts } from "../../../pwa/client/build/sources.ts";
import { findInlineCode, findSinks } from "./sinks.ts";
import { clientSources, root } from "./tree.ts";

test("no code of the client writes markup, evaluates text or sets an inline style", async () => {
  const sources = await clientSources();
  assert.ok(
    sources.some(({ path }) => path.endsWith(".tsx")),
    "components were found",
  );
  assert.equal(listFaults(findSinks(sources)), "");
});

test("no template holds inline code or style", async () => {
  assert.equal(listFaults(findInlineCode(await readTexts(root, ["pwa/templates"], [".html"]))), "");
});

const SINKS = [
  "element.innerHTML = text;",
  'element["outerHTML"] = text;',
  'element.insertAdjacentHTML("beforeend", text);',
  "<p dangerouslySetInnerHTML={{ __html: text }} />;",
  "const props = { dangerouslySetInnerHTML: { __html: text } };",
  "<p style={{ color: shade }} />;",
  'element.setAttribute("style", text);',
  'element.setAttribute("onclick", text);',
  "document.write(text);",
  "eval(text);",
  "new Function(text);",
  'setTimeout("go()", 5);',
  'new DOMParser().parseFromString(text, "text/html");',
];

for (const text of SINKS) {
  test(`planted: ${text} is found`, () => {
    assert.match(listFaults(findSinks([parseSource("pwa/client/planted.tsx", text)])), /is refused/);
  });
}

for (const text of [
  '<p style="color: red">',
  "<script>go()</script>",
  "<style>",
  '<button onclick="go()">',
  '<a href="javascript:go()">',
  "{{ a | safe }}",
]) {
  test(`planted: ${text} in a template is found`, () => {
    assert.match(listFaults(findInlineCode([{ path: "planted.html", text: `<main>\n${text}` }])), /planted\.html:2/);
  });
}

test("a script of the site is let through", () => {
  assert.deepEqual(findInlineCode([{ path: "shell.html", text: '<script type="module" src="{{ entry }}"></script>' }]), []);
});
