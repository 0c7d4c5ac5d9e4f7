/**
 * No text outside the catalogue: what a person reads comes from `t("…")` in the client and `_("…")` in the templates.
 *
 * The build calls `refuseTextOutsideCatalogue` and fails with each place and its text. Syntax cannot tell words for
 * people from words for machines everywhere, so three things count as words for people: what stands where people read
 * it (between tags, in a read attribute, in the title), what is named as such (`{ label: "Less" }`), and what looks
 * like a sentence. Messages of thrown errors are for who reads the console.
 */
import type { CallExpression, Node } from "oxc-parser";
import { readCatalogue } from "./catalogue.ts";
import { type Fault, faultAt, listFaults, literalText, readSources, readTexts, type Source, walk } from "./sources.ts";
import { findTextInTemplates } from "./template-text.ts";

/** Throw where a screen or a template holds text of its own. */
export async function refuseTextOutsideCatalogue(root: string): Promise<void> {
  const keys = new Set(Object.keys(await readCatalogue(root, "en")));
  const sources = (await readSources(root, ["pwa/client"])).filter(({ path }) => isRead(path));
  const templates = await readTexts(root, ["pwa/templates"], [".html"]);
  const faults = [...findTextOutsideCatalogue(sources, keys), ...findTextInTemplates(templates)];
  if (faults.length > 0) throw new Error(`Text outside the catalogue:\n${listFaults(faults)}`);
}

/** Say whether people read what this file holds: screens, components, shell, and the files beside them. */
export function isRead(path: string): boolean {
  return (
    /^pwa\/client\/(components|screens|shell)\//.test(path) || (/^pwa\/client\/[^/]+\.tsx?$/.test(path) && path !== "pwa/client/build.ts")
  );
}

/** Names of attributes and properties whose text a person sees or hears. */
const READ = new Set([
  ...["title", "label", "alt", "placeholder", "caption", "heading", "hint", "text", "message", "textContent", "innerText", "nodeValue"],
  ...["aria-label", "ariaLabel", "aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder"],
]);
/** Calls that show or say their text. */
const SHOWING = /^(window\.)?(alert|confirm|prompt|Notification)$|\.(createTextNode|showNotification)$/;
/** Attributes of a form no sentence has, although letters and spaces stand in them. */
const MACHINE = new Set([
  "class",
  "className",
  "d",
  "points",
  "transform",
  "viewBox",
  "id",
  "for",
  "htmlFor",
  "rel",
  "media",
  "sizes",
  "style",
]);

/** Find the texts in `sources` that are no key of the catalogue and that a person would read. */
export function findTextOutsideCatalogue(sources: readonly Source[], keys: ReadonlySet<string>): readonly Fault[] {
  return sources.flatMap((source) => {
    const offsets = new Map<number, string>();
    walk(source.program, (node, ancestors) => {
      if (node.type.startsWith("TS") && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return "skip";
      if (isForDevelopers(node)) return "skip";
      for (const { at, text } of wordsOf(node, ancestors)) if (!keys.has(text)) offsets.set(at, text);
      return undefined;
    });
    return [...offsets].map(([at, text]) => faultAt(source, at, `"${text.trim()}" is not in the catalogue.`));
  });
}

interface Words {
  readonly at: number;
  readonly text: string;
}

function wordsOf(node: Node, ancestors: readonly Node[]): readonly Words[] {
  switch (node.type) {
    case "JSXText":
      return lettersIn(node.start, node.value);
    case "JSXExpressionContainer":
      return isChild(ancestors.at(-1)) ? shown(node.expression) : [];
    case "JSXAttribute": {
      const name = node.name.type === "JSXIdentifier" ? node.name.name : "";
      if (node.value === null || !READ.has(name)) return [];
      return shown(node.value.type === "JSXExpressionContainer" ? node.value.expression : node.value);
    }
    case "Property":
      return READ.has(nameOf(node.key)) ? shown(node.value).filter(({ text }) => /^\p{Lu}/u.test(text.trim())) : [];
    case "AssignmentExpression":
      return node.left.type === "MemberExpression" && READ.has(nameOf(node.left.property)) ? shown(node.right) : [];
    case "CallExpression":
    case "NewExpression":
      return shownByCall(node as CallExpression);
    case "Literal":
    case "TemplateLiteral":
      return isMachine(ancestors) ? [] : sentences(node);
    default:
      return [];
  }
}

function shownByCall(node: CallExpression): readonly Words[] {
  const called = pathOf(node.callee);
  if (SHOWING.test(called)) return node.arguments.flatMap(shown);
  if (called.endsWith(".setAttribute") && READ.has(literalText(node.arguments[0]) ?? "")) return shown(node.arguments[1]);
  return [];
}

/** The literal texts an expression can turn out to be. */
function shown(node: Node | null | undefined): readonly Words[] {
  switch (node?.type) {
    case "Literal":
      return typeof node.value === "string" ? lettersIn(node.start, node.value) : [];
    case "TemplateLiteral":
      return node.quasis.flatMap(({ start, value }) => lettersIn(start, value.cooked ?? value.raw));
    case "ConditionalExpression":
      return [...shown(node.consequent), ...shown(node.alternate)];
    case "LogicalExpression":
      return [...(node.operator === "&&" ? [] : shown(node.left)), ...shown(node.right)];
    case "BinaryExpression":
      return node.operator === "+" ? [...shown(node.left), ...shown(node.right)] : [];
    case "ArrayExpression":
      return node.elements.flatMap(shown);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return shown(node.expression);
    default:
      return [];
  }
}

function lettersIn(at: number, text: string): readonly Words[] {
  return /\p{L}/u.test(text) ? [{ at: at + (text.length - text.trimStart().length), text }] : [];
}

/** A literal anywhere that reads like a sentence: a capital and a second word, or words and a full stop. */
function sentences(node: Node): readonly Words[] {
  return shown(node).filter(({ text }) => /^\s*\p{Lu}[\p{L}’']+ [\p{L}]{2,}/u.test(text) || /\p{L}{2,} \p{L}+.*[.?!…]\s*$/u.test(text));
}

function isForDevelopers(node: Node): boolean {
  if (node.type === "ThrowStatement" || node.type === "ImportDeclaration") return true;
  if (node.type === "ExpressionStatement" && typeof node.directive === "string") return true;
  if (node.type === "NewExpression") return /Error$/.test(pathOf(node.callee));
  return node.type === "CallExpression" && (node.callee.type === "Super" || pathOf(node.callee).startsWith("console."));
}

function isMachine(ancestors: readonly Node[]): boolean {
  const attribute = ancestors.findLast((node) => node.type === "JSXAttribute");
  return attribute?.type === "JSXAttribute" && attribute.name.type === "JSXIdentifier" && MACHINE.has(attribute.name.name);
}

function isChild(parent: Node | undefined): boolean {
  return parent?.type === "JSXElement" || parent?.type === "JSXFragment";
}

function nameOf(key: Node): string {
  if (key.type === "Identifier") return key.name;
  return literalText(key) ?? "";
}

function pathOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression" && !node.computed) return `${pathOf(node.object)}.${nameOf(node.property)}`;
  return "";
}
