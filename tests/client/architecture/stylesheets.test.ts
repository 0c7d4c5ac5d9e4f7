import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fault, listFaults, readTexts } from "../../../pwa/client/build/sources.ts";
import {
  findColours,
  findImportant,
  findMisusedTokens,
  findOutsideLayers,
  findPhysical,
  LAYERS,
  paletteOf,
  parseSheet,
  type Sheet,
} from "./stylesheets.ts";
import { root } from "./tree.ts";

const sheets = (await readTexts(root, ["pwa/static/css"], [".css"])).map(({ path, text }) => parseSheet(path, text));

const CHECKS: readonly (readonly [rule: string, check: (sheets: readonly Sheet[]) => readonly Fault[]])[] = [
  ["no property is physical", findPhysical],
  ["nothing is !important", findImportant],
  ["every rule lies in a known layer", findOutsideLayers],
  ["colours stand in the tokens alone", findColours],
  ["components read purposes, and only tokens that are there", findMisusedTokens],
];

test("there are style sheets, with declarations and a palette", () => {
  let declarations = 0;
  for (const sheet of sheets) sheet.root.walkDecls(() => void declarations++);
  assert.ok(declarations > 100);
  assert.ok(paletteOf(sheets).size > 10);
  assert.ok(!paletteOf(sheets).has("--ink"), "a purpose is not taken for the palette");
});

for (const [rule, check] of CHECKS) {
  test(rule, () => {
    assert.equal(listFaults(check(sheets)), "");
  });
}

const TOKENS = parseSheet(
  "css/tokens.css",
  "@layer tokens { :root { --stone-50: #f0eee7; --ground: light-dark(var(--stone-50), #000); } }",
);
const LIST = parseSheet("css/app.css", `@layer ${LAYERS.join(", ")};`);

const PLANTED: readonly (readonly [check: (sheets: readonly Sheet[]) => readonly Fault[], text: string, says: RegExp])[] = [
  [findPhysical, "@layer base { p { margin-left: 1rem } }", /margin-left is physical/],
  [findPhysical, "@layer base { p { border-top: 1px solid } }", /border-top is physical/],
  [findPhysical, "@layer base { p { max-width: 1rem } }", /max-width is physical/],
  [findPhysical, "@layer base { @media print { p { & a { top: 0 } } } }", /top is physical/],
  [findPhysical, "@layer base { p { text-align: left } }", /text-align: left is physical/],
  [findPhysical, "@layer base { p { transition: width 1s } }", /names width/],
  [findImportant, "@layer base { p { color: inherit !important } }", /color is !important/],
  [findOutsideLayers, "p { color: inherit }", /p lies in no known layer/],
  [findOutsideLayers, "@media print { p { color: inherit } }", /@media print lies in no known layer/],
  [findOutsideLayers, "@layer extras { p { color: inherit } }", /@layer extras lies in no known layer/],
  [findOutsideLayers, "@layer print, base;", /The layers are reset/],
  [findColours, "@layer base { p { color: #fff } }", /outside the tokens/],
  [findColours, "@layer base { p { box-shadow: 0 0 1px rgb(0 0 0 / 0.4) } }", /outside the tokens/],
  [findColours, "@layer base { p { background: white } }", /outside the tokens/],
  [findColours, "@layer base { p { border: 1px solid DarkSlateGrey } }", /outside the tokens/],
  [findMisusedTokens, "@layer base { p { color: var(--stone-50) } }", /--stone-50 is of the palette/],
  [findMisusedTokens, "@layer base { p { color: var(--inc) } }", /--inc is declared nowhere/],
];

for (const [check, text, says] of PLANTED) {
  test(`planted: ${text} is found`, () => {
    assert.match(listFaults(check([LIST, TOKENS, parseSheet("css/planted.css", text)])), says);
  });
}

test("what only looks like a fault is let through", () => {
  const fine = parseSheet(
    "css/fine.css",
    `@layer components {
      @media (width < 21em) { p { inline-size: 2rem; text-align: start; inset-block-start: 0; color: var(--ground); } }
      .red-x { background: transparent url("white.svg"); outline: 1px solid CanvasText; --mark: var(--own, 1px); animation: tan 1s; }
      p::after { content: "#fff"; }
    }`,
  );
  for (const [, check] of CHECKS) assert.equal(listFaults(check([LIST, TOKENS, fine])), "");
});
