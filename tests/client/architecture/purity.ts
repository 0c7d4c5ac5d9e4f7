/**
 * No clock, no chance and no world in `domain` and `replica`: what they need comes in as arguments.
 *
 * The compiler already takes the browser's types away from them; what every JavaScript has (Date, Math.random, the
 * phone's zone and locale) only syntax can find.
 */
import type { Node } from "oxc-parser";
import { type Fault, faultAt, type Source, walk } from "../../../pwa/client/build/sources.ts";

const GLOBALS = new Set([
  ...["crypto", "performance", "fetch", "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame"],
  ...["globalThis", "window", "self", "document", "navigator", "location", "localStorage", "sessionStorage", "indexedDB", "caches"],
  ...["process", "console", "XMLHttpRequest", "WebSocket", "BroadcastChannel"],
]);
const CALLS: Readonly<Record<string, string>> = { "Date.now": "a clock", "Math.random": "chance", "Temporal.Now": "a clock" };
/** Methods of Date that answer in the zone, and of values that write in the locale, of whatever phone runs them. */
const OF_THE_PHONE = /^(get|set)(Date|Day|FullYear|Hours|Minutes|Month|Seconds|Milliseconds|TimezoneOffset)$|^toLocale\w*String$/;

/** Find uses of a clock, of chance, of the phone's zone or locale, and of anything outside the language. */
export function findImpurities(sources: readonly Source[]): readonly Fault[] {
  return sources.flatMap((source) => {
    const own = namesMadeIn(source);
    const faults: Fault[] = [];
    walk(source.program, (node, ancestors) => {
      if (node.type.startsWith("TS") && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return "skip";
      if (isEncoders(node)) return "skip";
      const why = impurityOf(node, ancestors.at(-1), own);
      if (why !== undefined) faults.push(faultAt(source, node.start, `This is pure: ${why} comes in as an argument.`));
      return undefined;
    });
    return faults;
  });
}

function impurityOf(node: Node, parent: Node | undefined, own: ReadonlySet<string>): string | undefined {
  if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier") {
    const named = `${node.object.type === "Identifier" ? node.object.name : ""}.${node.property.name}`;
    if (CALLS[named] !== undefined) return CALLS[named];
    return OF_THE_PHONE.test(node.property.name) ? `what ${node.property.name} takes from the phone` : undefined;
  }
  if (node.type === "NewExpression" && isDate(node.callee)) {
    if (node.arguments.length === 0) return "a clock";
    return node.arguments.length > 1 ? "the phone's zone" : undefined;
  }
  if (node.type === "CallExpression" && isDate(node.callee)) return "a clock";
  if (node.type === "Identifier" && GLOBALS.has(node.name) && !own.has(node.name) && !isName(node, parent)) return node.name;
  return undefined;
}

/** `const { TextEncoder, TextDecoder } = globalThis`: UTF-8 is no world, only no part of the language's own library. */
function isEncoders(node: Node): boolean {
  if (node.type !== "VariableDeclarator" || node.id.type !== "ObjectPattern") return false;
  return node.id.properties.every(
    (property) => property.type === "Property" && property.key.type === "Identifier" && /^Text(En|De)coder$/.test(property.key.name),
  );
}

function isDate(node: Node): boolean {
  return node.type === "Identifier" && node.name === "Date";
}

/** Say whether an identifier only names a property, as in `{ fetch: 1 }` and `answer.fetch`. */
function isName(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === "MemberExpression") return parent.property === node && !parent.computed;
  return parent?.type === "Property" && parent.key === node && !parent.shorthand && !parent.computed;
}

/** Names that the file itself gives: parameters, variables, functions, imports. */
function namesMadeIn(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  walk(source.program, (node) => {
    if (node.type === "VariableDeclarator") addNames(node.id, names);
    else if (node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression") {
      for (const parameter of node.params) addNames(parameter, names);
      if (node.id) names.add(node.id.name);
    } else if (node.type === "ImportSpecifier") names.add(node.local.name);
    return undefined;
  });
  return names;
}

function addNames(pattern: Node, names: Set<string>): void {
  walk(pattern, (node, ancestors) => {
    if (node.type.startsWith("TS")) return "skip";
    if (node.type === "AssignmentPattern") {
      addNames(node.left, names);
      return "skip";
    }
    if (node.type === "Identifier" && !isName(node, ancestors.at(-1))) names.add(node.name);
    return undefined;
  });
}
