/**
 * The TypeScript of the tree, parsed: for the checks that the build and the tests hold it against.
 *
 * A check is a function of sources that returns faults; one that is given nothing to look at is the caller's error,
 * so `readSources` throws where a folder holds no file.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Node, type Program, parseSync, visitorKeys } from "oxc-parser";

/** One file. Its path is relative to the root of the tree, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
}

/** What a check found, and where. Lines count from 1. */
export interface Fault {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/** Read every `.ts` and `.tsx` file under `folders` of `root`, in the order of their paths. Throws where there is none. */
export async function readSources(root: string, folders: readonly string[]): Promise<readonly Source[]> {
  const texts = await readTexts(root, folders, [".ts", ".tsx"]);
  return texts.map(({ path, text }) => parseSource(path, text));
}

/** Read every file under `folders` of `root` whose name ends with one of `endings`. Throws where a folder holds none. */
export async function readTexts(
  root: string,
  folders: readonly string[],
  endings: readonly string[],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const found: { path: string; text: string }[] = [];
  for (const folder of folders) {
    const names = (await readdir(join(root, folder), { recursive: true })).filter((name) =>
      endings.some((ending) => name.endsWith(ending)),
    );
    if (names.length === 0) throw new Error(`${folder} holds no file that ends with ${endings.join(" or ")}.`);
    for (const name of names.sort()) {
      const path = `${folder}/${name.replaceAll("\\", "/")}`;
      found.push({ path, text: await readFile(join(root, path), "utf8") });
    }
  }
  return found;
}

/** Parse one file. Throws where its syntax is broken. */
export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text, { preserveParens: false });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  return { path, text, program };
}

/**
 * Visit `node` and everything below it, parents first. `visit` is told the ancestors, the nearest last, and answers
 * "skip" to leave out what is below.
 */
export function walk(
  node: Node,
  visit: (node: Node, ancestors: readonly Node[]) => "skip" | undefined,
  ancestors: readonly Node[] = [],
): void {
  if (visit(node, ancestors) === "skip") return;
  const below = [...ancestors, node];
  const children = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = children[key];
    for (const one of Array.isArray(child) ? child : [child]) if (one) walk(one, visit, below);
  }
}

/** Say that something is wrong at a place of a source. */
export function faultAt(source: { readonly path: string; readonly text: string }, offset: number, says: string): Fault {
  return { path: source.path, line: lineAt(source.text, offset), says };
}

/** Give the line, from 1, that holds the character at `offset`. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Write faults as editors understand them: `path:line: what is wrong`. */
export function listFaults(faults: readonly Fault[]): string {
  return faults.map(({ path, line, says }) => `${path}:${line}: ${says}`).join("\n");
}

/** Give a string that stands in the code as such: a literal, or a template without fillings. */
export function literalText(node: Node | null | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
