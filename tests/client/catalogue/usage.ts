/** Whether code and catalogue know each other: keys that are used, keys that are there, and what their texts ask to be filled in. */
import type { CallExpression, Node } from "oxc-parser";
import type { Words } from "../../../pwa/client/build/catalogue.ts";
import { type Fault, faultAt, lineAt, literalText, type Source, walk } from "../../../pwa/client/build/sources.ts";

export interface Text {
  readonly path: string;
  readonly text: string;
}

/** Where the client asks for words. */
const ASKING = new Set(["t", "tn"]);
/** Where Python and the templates do. */
const ASKING_IN_PYTHON = /(?<![\w.])(?:_|gettext|lazy_gettext|ngettext|translate)\(\s*["']([^"']+)["']/g;

/** Find keys asked for, in `t("…")` and `_("…")`, that the catalogue lacks; and families, as in t(`part.${name}`), without one. */
export function findMissingKeys(words: Words, sources: readonly Source[], others: readonly Text[]): readonly Fault[] {
  const keys = Object.keys(words);
  const inClient = sources.flatMap((source) =>
    callsIn(source).flatMap(({ node, keys: asked, first }) => {
      const family = familyOf(first);
      const isLost = family !== undefined && !keys.some((key) => family.test(key));
      return [
        ...asked.filter((key) => !(key in words)).map((key) => `${key} is not in the catalogue.`),
        ...(isLost ? [`No key is like ${family}.`] : []),
      ].map((says) => faultAt(source, node.start, says));
    }),
  );
  const inPython = others.flatMap((other) =>
    [...other.text.matchAll(ASKING_IN_PYTHON)].flatMap((match) =>
      (match[1] ?? "") in words ? [] : [faultAt(other, match.index, `${match[1]} is not in the catalogue.`)],
    ),
  );
  return [...inClient, ...inPython];
}

/** Find keys that stand nowhere in the code: neither as a literal, nor in a family. */
export function findUnusedKeys(words: Words, catalogue: Text, sources: readonly Source[], others: readonly Text[]): readonly Fault[] {
  const used = new Set<string>(others.flatMap(({ text }) => [...text.matchAll(/["']([a-z0-9.-]+)["']/g)].map((match) => match[1] ?? "")));
  const families: RegExp[] = [];
  for (const source of sources) {
    walk(source.program, (node) => {
      used.add(literalText(node) ?? "");
      const family = familyOf(node);
      if (family !== undefined) families.push(family);
      return undefined;
    });
  }
  return Object.keys(words)
    .filter((key) => !used.has(key) && !families.some((family) => family.test(key)))
    .map((key) => ({ path: catalogue.path, line: lineOfKey(catalogue, key), says: `Nothing uses ${key}.` }));
}

/** Find calls that leave a `{placeholder}` of their text unfilled, or fill one that it does not have. */
export function findUnfilled(words: Words, sources: readonly Source[]): readonly Fault[] {
  return sources.flatMap((source) =>
    callsIn(source).flatMap(({ node, name, keys, fillings }) => {
      const given = namesIn(fillings);
      const asked = keys.map((key) => placeholdersOf(words[key] ?? ""));
      if (given === undefined || !keys.some((key) => key in words)) return [];
      const unfilled = asked.flatMap((names) => [...names].filter((one) => !given.includes(one) && !(name === "tn" && one === "count")));
      const unasked = given.filter((one) => !asked.some((names) => names.has(one)));
      return [...unfilled.map((one) => `{${one}} is not filled.`), ...unasked.map((one) => `There is no {${one}} to fill.`)].map((says) =>
        faultAt(source, node.start, `${keys.join(" or ")}: ${says}`),
      );
    }),
  );
}

/** Find keys and placeholders in which a language differs from English. */
export function findUntranslated(english: Words, path: string, other: Words): readonly Fault[] {
  const says = [
    ...Object.keys(english)
      .filter((key) => !(key in other))
      .map((key) => `${key} is not translated.`),
    ...Object.keys(other)
      .filter((key) => !(key in english))
      .map((key) => `${key} is not in the English catalogue.`),
    ...Object.entries(other).flatMap(([key, text]) => {
      const mine = [...placeholdersOf(text)].sort().join(", ");
      const theirs = [...placeholdersOf(english[key] ?? text)].sort().join(", ");
      return mine === theirs ? [] : [`${key} fills {${mine}}, in English {${theirs}}.`];
    }),
  ];
  return says.map((one) => ({ path, line: 1, says: one }));
}

/** Find keys that are not `<screen or part>.<thing>` in kebab-case. */
export function findOddKeys(words: Words, catalogue: Text): readonly Fault[] {
  return Object.keys(words)
    .filter((key) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(key))
    .map((key) => ({ path: catalogue.path, line: lineOfKey(catalogue, key), says: `${key} is not written like a key.` }));
}

/** Give the line of the catalogue on which a key stands. */
export function lineOfKey(catalogue: Text, key: string): number {
  return lineAt(catalogue.text, Math.max(0, catalogue.text.indexOf(`msgid "${key}"`)));
}

interface Asking {
  readonly node: CallExpression;
  readonly name: string;
  /** The keys it may ask for, as far as they stand there. */
  readonly keys: readonly string[];
  readonly first: Node | undefined;
  /** The argument that fills placeholders in, where there is one. */
  readonly fillings: Node | undefined;
}

function callsIn(source: Source): readonly Asking[] {
  const calls: Asking[] = [];
  walk(source.program, (node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || !ASKING.has(node.callee.name)) return undefined;
    const { name } = node.callee;
    const [first] = node.arguments;
    calls.push({ node, name, first, keys: keysOf(first), fillings: node.arguments[name === "tn" ? 2 : 1] });
    return undefined;
  });
  return calls;
}

/** The keys an argument can be: one literal, or both sides of a choice. */
function keysOf(node: Node | undefined): readonly string[] {
  if (node?.type === "ConditionalExpression") return [...keysOf(node.consequent), ...keysOf(node.alternate)];
  const key = literalText(node);
  return key === undefined ? [] : [key];
}

/** A template literal with a key's beginning, as a pattern for the keys it can become. */
function familyOf(node: Node | undefined): RegExp | undefined {
  if (node?.type !== "TemplateLiteral" || node.expressions.length === 0) return undefined;
  const parts = node.quasis.map(({ value }) => value.cooked ?? "");
  if (!/^[a-z][a-z0-9-]*\.|^[a-z][a-z0-9-]*$/.test(parts[0] ?? "") || !parts.every((part) => /^[a-z0-9.-]*$/.test(part))) return undefined;
  return parts.join("").includes(".") ? new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("[a-z0-9-]+")}$`) : undefined;
}

/** The names an object literal gives; none where no argument stands; nothing where it cannot be told. */
function namesIn(fillings: Node | undefined): readonly string[] | undefined {
  if (fillings === undefined) return [];
  if (fillings.type !== "ObjectExpression") return undefined;
  const names: string[] = [];
  for (const property of fillings.properties) {
    if (property.type !== "Property" || property.computed) return undefined;
    names.push(property.key.type === "Identifier" ? property.key.name : (literalText(property.key) ?? ""));
  }
  return names;
}

function placeholdersOf(text: string | readonly string[]): ReadonlySet<string> {
  return new Set([text].flat().flatMap((one) => [...one.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")));
}
