/** Only the store writes what screens read. The shell keeps signals of its own: installed or not, a new version. */
import type { Node } from "oxc-parser";
import { type Fault, faultAt, type Source, walk } from "../../../pwa/client/build/sources.ts";
import { folderOf } from "./arrows.ts";

const WRITERS = new Set(["store", "shell"]);
/** What has such a name is an element of the page, whose `value` is no signal's. */
const ELEMENTS = new Set(["current", "currentTarget", "target"]);

/** Find assignments to `.value` outside the store, but of signals and elements that the same file makes. */
export function findSignalWrites(sources: readonly Source[]): readonly Fault[] {
  return sources
    .filter(({ path }) => !WRITERS.has(folderOf(path)))
    .flatMap((source) => {
      const own = madeHere(source);
      const faults: Fault[] = [];
      walk(source.program, (node) => {
        const written = writtenBy(node);
        if (written !== undefined && !isOwn(written, own)) faults.push(faultAt(source, node.start, "Only the store writes signals."));
        return undefined;
      });
      return faults;
    });
}

/** Give the object whose `.value` a node assigns. */
function writtenBy(node: Node): Node | undefined {
  const target = node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" ? node.argument : undefined;
  if (target?.type !== "MemberExpression") return undefined;
  return target.property.type === "Identifier" && target.property.name === "value" && !target.computed ? target.object : undefined;
}

function isOwn(object: Node, own: ReadonlySet<string>): boolean {
  if (object.type === "Identifier") return own.has(object.name) || ELEMENTS.has(object.name);
  if (object.type === "TSNonNullExpression" || object.type === "TSAsExpression") return isOwn(object.expression, own);
  if (object.type !== "MemberExpression") return false;
  if (object.property.type === "PrivateIdentifier") return object.object.type === "ThisExpression" && own.has(`#${object.property.name}`);
  return object.property.type === "Identifier" && ELEMENTS.has(object.property.name);
}

/** Names in a file that hold a signal it made itself, or an element of the page. */
function madeHere(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  walk(source.program, (node) => {
    // A private field of a class is its file's own as much as a variable is.
    if (node.type === "PropertyDefinition" && node.key.type === "PrivateIdentifier" && isSignal(source, node.value))
      names.add(`#${node.key.name}`);
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return undefined;
    if (isSignal(source, node.init) || /^document\.|\.(current|currentTarget|target)\b/i.test(textOf(source, node.init)))
      names.add(node.id.name);
    return undefined;
  });
  return names;
}

function isSignal(source: Source, made: Node | null): boolean {
  return /^(use)?signal\b/i.test(textOf(source, made));
}

function textOf(source: Source, node: Node | null): string {
  return source.text.slice(node?.start, node?.end);
}
