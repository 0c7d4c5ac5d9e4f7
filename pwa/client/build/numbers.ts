/**
 * Numbers in the place of the catalogue's keys, so that no phone fetches the keys: `t("today.title")` becomes `t(12)`,
 * and the words of a language become a list. A key that a script puts together (`t(`went.${how}`)`) keeps its name.
 *
 * A literal that reads like a key is one where it is asked for with `t` or `tn`, and where a file that names the type
 * `Key` or `PluralKey` lists or returns it. Anywhere else the build stops: it could be a name that is kept for years.
 */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import type { Plugin } from "esbuild";
import type { Node } from "oxc-parser";
import { faultAt, listFaults, literalText, parseSource, type Source, walk } from "./sources.ts";

/** The number of each key that has one. From 1, since 0 reads like nothing. */
export type Numbers = ReadonlyMap<string, number>;

const ASKING = new Set(["t", "tn"]);
/** What may stand between a key and the call, list or return that it is for. */
const CHOOSING = new Set(["ConditionalExpression", "LogicalExpression", "TSAsExpression", "TSSatisfiesExpression"]);
const LISTING = new Set(["Property", "ArrayExpression", "ReturnStatement", "ArrowFunctionExpression"]);

/** Number these keys, in their order. */
export function numberKeys(keys: Iterable<string>): Numbers {
  return new Map([...keys].map((key, i) => [key, i + 1]));
}

/** Let the bundler read the client's sources with numbers for keys. */
export function numberedSources(root: string, numbers: Numbers): Plugin {
  return {
    name: "numbered-keys",
    setup(build) {
      build.onLoad({ filter: /[\\/]pwa[\\/]client[\\/].*\.tsx?$/ }, async ({ path }) => {
        const source = parseSource(relative(root, path).replaceAll("\\", "/"), await readFile(path, "utf8"));
        return { contents: withNumbers(source, numbers), loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
}

/** Give the text of a source with numbers for keys. Throws where a literal only reads like a key. */
export function withNumbers(source: Source, numbers: Numbers): string {
  const places: { readonly node: Node; readonly number: number }[] = [];
  const faults: ReturnType<typeof faultAt>[] = [];
  const namesKeys = /\b(Plural)?Key\b/.test(source.text);
  walk(source.program, (node, ancestors) => {
    if (node.type.startsWith("TSType") || node.type === "TSLiteralType") return "skip";
    const user = ancestors.findLast(({ type }) => !CHOOSING.has(type));
    if (node.type === "TemplateLiteral" && node.expressions.length > 0 && !node.quasis[0]?.value.raw.includes(".") && isAsking(user)) {
      faults.push(faultAt(source, node.start, "A key that is put together begins with letters and a dot that stand there."));
    }
    const key = literalText(node) ?? "";
    const number = numbers.get(key);
    if (number === undefined) return undefined;
    if (isAsking(user) || (namesKeys && isListing(user, node))) places.push({ node, number });
    else faults.push(faultAt(source, node.start, `${key} is a key of the catalogue, and this does not ask for it or name the type Key.`));
    return undefined;
  });
  if (faults.length > 0) throw new Error(`Keys where none are looked for:\n${listFaults(faults)}`);
  return places.reduceRight((text, { node, number }) => text.slice(0, node.start) + number + text.slice(node.end), source.text);
}

function isAsking(user: Node | undefined): boolean {
  return user?.type === "CallExpression" && user.callee.type === "Identifier" && ASKING.has(user.callee.name);
}

function isListing(user: Node | undefined, node: Node): boolean {
  return user !== undefined && LISTING.has(user.type) && !(user.type === "Property" && user.key === node);
}
