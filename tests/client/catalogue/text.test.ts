import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listFaults, parseSource, readTexts } from "../../../pwa/client/build/sources.ts";
import { findTextInTemplates } from "../../../pwa/client/build/template-text.ts";
import { findTextOutsideCatalogue, isRead, refuseTextOutsideCatalogue } from "../../../pwa/client/build/text.ts";
import { clientSources, root } from "../architecture/tree.ts";

const KEYS = new Set(["day.title"]);
const inScreen = (text: string) => listFaults(findTextOutsideCatalogue([parseSource("planted.tsx", text)], KEYS));
const inTemplate = (text: string) => listFaults(findTextInTemplates([{ path: "planted.html", text }]));

test("no screen and no template holds text of its own", async () => {
  const read = (await clientSources()).filter(({ path }) => isRead(path));
  for (const folder of ["components", "screens", "shell"])
    assert.ok(
      read.some(({ path }) => path.includes(`/${folder}/`)),
      folder,
    );
  assert.ok(read.some(({ path }) => path === "pwa/client/app.tsx"));
  assert.ok((await readTexts(root, ["pwa/templates"], [".html"])).length > 0);
  await refuseTextOutsideCatalogue(root);
});

const IN_SCREENS = [
  "<p>Welcome</p>;",
  "<>Welcome</>;",
  '<p>{"welcome"}</p>;',
  '<p>{isNew ? "welcome" : t("day.title")}</p>;',
  '<p>{name || "you"}</p>;',
  `<p>{\`\${count} days\`}</p>;`,
  '<p>{count + " days"}</p>;',
  '<button aria-label="close" />;',
  '<input placeholder="name" />;',
  '<img alt={isNew ? "a stone" : ""} />;',
  '<Field label="Name" />;',
  '<Field lead="What would you like to do" />;',
  'const ANSWERS = [{ value: 1, label: "Less" }];',
  'const ANSWERS = { less: "Much less than planned" };',
  'document.title = "diary";',
  'element.textContent = "saved";',
  'alert("saved");',
  'element.setAttribute("aria-label", "close");',
  'registration.showNotification("a reminder");',
  'say("it is saved now.");',
];

for (const text of IN_SCREENS) {
  test(`planted: ${text} is found`, () => {
    assert.match(inScreen(`\n${text}`), /^planted\.tsx:2: ".+" is not in the catalogue\.$/);
  });
}

test("words for machines, keys, and messages for who reads the console are let through", () => {
  const text = `
    "use strict";
    import { t } from "../words/index.ts";
    type Kind = "Much less" | "More of it";
    export class NotKept extends Error { constructor() { super("The draft was not kept."); } }
    if (!kept) throw new NotKept("The draft was not kept.");
    console.warn("The app cannot be kept for offline use.", error);
    export const Title = () => (
      <h1 class="title Large Wide" id="main" data-kind={kind as "Much less"}>
        {t("day.title")} · {name} <Field label="day.title" kind="plain" autocomplete="off" /> <path d="M12 3 L15 6Z" />
      </h1>
    );`;
  assert.equal(inScreen(text), "");
});

const IN_TEMPLATES = [
  "<p>Welcome</p>",
  "<title>{{ name }} today</title>",
  '<p>{{ "Welcome" }}</p>',
  '<img alt="a cairn">',
  "<button aria-label='close'></button>",
  '<meta name="description" content="A diary">',
  "<p>{% if name %}Hello{% endif %}</p>",
];

for (const text of IN_TEMPLATES) {
  test(`planted: ${text} in a template is found`, () => {
    assert.match(inTemplate(`<main>\n${text}\n</main>`), /^planted\.html:2: ".+" is not in the catalogue\.$/);
  });
}

test("a template's names, numbers, comments and catalogue texts are let through", () => {
  const text = `<!doctype html><!-- the shell --><html lang="{{ language }}">{# a note #}
    <meta name="viewport" content="width=device-width"><title>{% block title %}{{ _("day.title") }}{% endblock %} &middot; 1</title>
    <meta name="description" content="{{ _("day.title") }}"><script type="module" src="/a.js">go()</script>
    <img alt="{{ _('day.title') }}" src="{{ url_for('static', filename='a.png') }}"></html>`;
  assert.equal(inTemplate(text), "");
});

test("the build fails, with the place and the text", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cairn-text-"));
  const files = {
    "pwa/client/screens/today/today.tsx": "export const Today = () => <p>Welcome</p>;\n",
    "pwa/templates/shell.html": "<p>Hello</p>\n",
    "pwa/translations/en/LC_MESSAGES/messages.po": 'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "day.title"\nmsgstr "Your day"\n',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await assert.rejects(refuseTextOutsideCatalogue(folder), /today\.tsx:1: "Welcome"[\s\S]*shell\.html:1: "Hello"/);
  await rm(folder, { recursive: true });
});

test("the build makes this check before it writes anything", async () => {
  const [build] = (await clientSources()).filter(({ path }) => path === "pwa/client/build.ts");
  const check = build?.text.indexOf("await refuseTextOutsideCatalogue(root);") ?? -1;
  assert.ok(check > 0 && check < (build?.text.indexOf("await rm(out") ?? -1));
});
