/**
 * Which folder of the client may know which, and which packages each may use.
 *
 * Dependencies point one way, so that the parts that hold keys and merge what was written can be read, tested and
 * trusted alone, and the service worker never comes near a plaintext.
 */
import { posix } from "node:path";
import type { Node } from "oxc-parser";
import { type Fault, faultAt, literalText, type Source, walk } from "../../../pwa/client/build/sources.ts";

/** What a folder may import: other folders (its own always), and packages by name or by `prefix*`. */
interface Reach {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}

const VIEW = ["preact", "@preact/signals", "wouter-preact", "regexparam"];

/** `app` is what lies in pwa/client itself, `addresses` the table of addresses that server, client and worker read. */
export const TABLE: Readonly<Record<string, Reach>> = {
  domain: { folders: [], packages: [] },
  replica: { folders: [], packages: [] },
  words: { folders: [], packages: [] },
  vault: { folders: ["replica"], packages: [] },
  store: { folders: ["domain", "replica", "vault"], packages: ["idb", "@preact/signals"] },
  sync: { folders: ["replica", "vault", "store"], packages: ["@preact/signals"] },
  shell: { folders: ["words", "addresses"], packages: ["@preact/signals"] },
  components: { folders: ["words"], packages: VIEW },
  account: { folders: ["replica", "vault", "store", "sync"], packages: ["@preact/signals"] },
  screens: { folders: ["account", "store", "sync", "shell", "components", "words", "domain", "addresses"], packages: VIEW },
  app: {
    folders: ["domain", "replica", "words", "vault", "store", "sync", "account", "shell", "components", "screens", "addresses"],
    packages: VIEW,
  },
  service_worker: { folders: ["addresses"], packages: ["workbox-*", "regexparam"] },
  build: { folders: [], packages: ["node:*", "esbuild", "gettext-parser", "oxc-parser", "terser"] },
};

/** Names that the build resolves itself, and where they lead. */
const ALIASES: Readonly<Record<string, string>> = { "#sealing": "vault" };
const ADDRESSES = "pwa/shell/addresses.json";

/** Find imports that lead to a folder or a package which the importing folder may not know. */
export function findForbiddenArrows(sources: readonly Source[]): readonly Fault[] {
  return sources.flatMap((source) => {
    const folder = folderOf(source.path);
    const reach = TABLE[folder];
    if (reach === undefined) return [faultAt(source, 0, `The folder ${folder} is not in the table of arrows.`)];
    return importsOf(source).flatMap(({ specifier, at }) => {
      if (specifier === undefined) return [faultAt(source, at, "Nobody can tell what this import leads to.")];
      const target = targetOf(source.path, specifier);
      if (target.folder !== undefined) {
        const isAllowed = target.folder === folder || reach.folders.includes(target.folder);
        return isAllowed ? [] : [faultAt(source, at, `${folder} may not know ${target.folder} (${specifier}).`)];
      }
      return reach.packages.some((name) => matches(name, specifier)) ? [] : [faultAt(source, at, `${folder} may not use ${specifier}.`)];
    });
  });
}

/** Find rounds of imports: between files, and between folders of the client where each screen is a folder of its own. */
export function findCycles(sources: readonly Source[]): readonly Fault[] {
  const paths = new Set(sources.map(({ path }) => path));
  const files = new Map<string, Set<string>>();
  const rooms = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const { specifier } of importsOf(source)) {
      const path = specifier?.startsWith(".") ? resolve(source.path, specifier) : "";
      if (!paths.has(path)) continue;
      addTo(files, source.path, path);
      if (roomOf(path) !== roomOf(source.path)) addTo(rooms, roomOf(source.path), roomOf(path));
    }
  }
  return [files, rooms].flatMap((graph) => {
    const round = findRound(graph);
    return round === undefined ? [] : [{ path: round[0] ?? "", line: 1, says: `Imports go in a round: ${round.join(" → ")}.` }];
  });
}

/** Find what the worker's files reach, over any number of imports, that touches keys or plaintext. */
export function findSecretsInReach(sources: readonly Source[]): readonly Fault[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const waiting = sources.filter(({ path }) => folderOf(path) === "service_worker");
  const faults: Fault[] = [];
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    if (seen.has(source.path)) continue;
    seen.add(source.path);
    for (const { specifier, at } of importsOf(source)) {
      const folder = specifier === undefined ? undefined : targetOf(source.path, specifier).folder;
      if (folder !== undefined && ["vault", "replica", "store"].includes(folder)) {
        faults.push(faultAt(source, at, `The service worker reaches ${folder} through ${specifier}.`));
      }
      const next = specifier?.startsWith(".") ? byPath.get(resolve(source.path, specifier)) : undefined;
      if (next !== undefined) waiting.push(next);
    }
  }
  return faults;
}

/** Every import of a file: statements, re-exports, `import()` and imports of types. No specifier where it is computed. */
export function importsOf(source: Source): readonly Import[] {
  return importsIn(source, () => true);
}

/** What a file's script cannot do without: neither `import()` nor types. */
export function importsAtOnce(source: Source): readonly Import[] {
  return importsIn(source, (node) => !isLaterOrType(node));
}

interface Import {
  readonly specifier: string | undefined;
  readonly at: number;
}

function importsIn(source: Source, isMeant: (node: Node) => boolean): readonly Import[] {
  const found: Import[] = [];
  walk(source.program, (node) => {
    if (!isMeant(node)) return undefined;
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ImportExpression":
      case "TSImportType":
        found.push({ specifier: literalText(node.source), at: node.start });
        break;
      case "ExportNamedDeclaration":
        if (node.source) found.push({ specifier: node.source.value, at: node.start });
        break;
      default:
    }
    return undefined;
  });
  return found;
}

function isLaterOrType(node: Node): boolean {
  if (node.type === "ImportExpression" || node.type === "TSImportType") return true;
  if (node.type === "ImportDeclaration") return node.importKind === "type";
  return (node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") && node.exportKind === "type";
}

/** Name the folder of the table that holds a file. */
export function folderOf(path: string): string {
  if (path === ADDRESSES) return "addresses";
  if (path === "pwa/client/build.ts") return "build";
  const inside = /^pwa\/client\/(?:([\w-]+)\/)?/.exec(path);
  return inside === null ? (path.split("/")[0] ?? "") : (inside[1] ?? "app");
}

function targetOf(from: string, specifier: string): { readonly folder: string | undefined } {
  if (specifier.startsWith(".")) return { folder: folderOf(resolve(from, specifier)) };
  return { folder: ALIASES[specifier] };
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

/** `preact` stands for `preact/hooks` too, `workbox-*` for every name that begins so. */
function matches(allowed: string, specifier: string): boolean {
  if (allowed.endsWith("*")) return specifier.startsWith(allowed.slice(0, -1));
  return specifier === allowed || specifier.startsWith(`${allowed}/`);
}

/** The folder a file belongs to when rounds are looked for: each screen by itself, files beside the screens too. */
function roomOf(path: string): string {
  const screen = /^pwa\/client\/screens\/([^/]+)/.exec(path)?.[1];
  return screen === undefined ? folderOf(path) : `screens/${screen}`;
}

function addTo(graph: Map<string, Set<string>>, from: string, to: string): void {
  const known = graph.get(from) ?? new Set();
  graph.set(from, known.add(to));
}

/** Give one round of a graph, its first member again at the end. */
function findRound(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>();
  const follow = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const round = follow(next, [...way, node]);
      if (round !== undefined) return round;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const round = follow(node, []);
    if (round !== undefined) return round;
  }
  return undefined;
}
