/** No way for text to become markup, script or inline style, in the client and in the templates. */
import type { Node } from "oxc-parser";
import { type Fault, faultAt, literalText, type Source, walk } from "../../../pwa/client/build/sources.ts";

const SINKS = new Set([
  ...["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "dangerouslySetInnerHTML", "srcdoc", "cssText"],
  ...["createContextualFragment", "parseFromString", "parseHTMLUnsafe"],
]);
const EVALUATORS = new Set(["eval", "Function", "importScripts"]);

/** Find sinks for markup and script, and inline style attributes, in TypeScript. */
export function findSinks(sources: readonly Source[]): readonly Fault[] {
  return sources.flatMap((source) => {
    const faults: Fault[] = [];
    walk(source.program, (node) => {
      const sink = sinkOf(node);
      if (sink !== undefined) faults.push(faultAt(source, node.start, `${sink} is refused: the page is made of elements.`));
      return undefined;
    });
    return faults;
  });
}

/** Find inline styles, inline scripts and inline handlers in templates. */
export function findInlineCode(templates: readonly { readonly path: string; readonly text: string }[]): readonly Fault[] {
  const inline = /<script\b(?![^>]*\bsrc\s*=)[^>]*>|<style\b|<[a-zA-Z][^>]*?\s(style|on[a-z]+)\s*=|javascript:|\|\s*safe\b|Markup\(/gi;
  return templates.flatMap((template) =>
    [...template.text.matchAll(inline)].map((match) =>
      faultAt(template, match.index, `${match[0].trim()} is refused: no inline code or style.`),
    ),
  );
}

function sinkOf(node: Node): string | undefined {
  if (node.type === "JSXAttribute" && node.name.type === "JSXIdentifier") {
    return node.name.name === "style" || SINKS.has(node.name.name) ? node.name.name : undefined;
  }
  if (node.type === "MemberExpression") return sinkOfMember(node.object, node.property);
  if (node.type === "Property" && node.key.type === "Identifier" && SINKS.has(node.key.name)) return node.key.name;
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return undefined;
  const { callee } = node;
  const [first] = node.arguments;
  if (callee.type === "Identifier") {
    if (EVALUATORS.has(callee.name)) return callee.name;
    return /^set(Timeout|Interval)$/.test(callee.name) && literalText(first) !== undefined ? `${callee.name} of a text` : undefined;
  }
  const isSetAttribute =
    callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "setAttribute";
  const attribute = literalText(first) ?? "";
  return isSetAttribute && /^(style|srcdoc|on\w+)$/i.test(attribute) ? `the attribute ${attribute}` : undefined;
}

function sinkOfMember(object: Node, property: Node): string | undefined {
  const name = property.type === "Identifier" ? property.name : (literalText(property) ?? "");
  if (SINKS.has(name)) return name;
  const isDocument = object.type === "Identifier" && object.name === "document";
  return isDocument && /^write(ln)?$/.test(name) ? `document.${name}` : undefined;
}
