/**
 * Build the client: `node pwa/client/build.ts [--out FOLDER] [--keys-only]`.
 *
 * Reads the TypeScript of `pwa/client` and `service_worker`, the style sheets and the gettext catalogue;
 * writes `pwa/static/built` (or FOLDER): hashed scripts, styles and words, the worker, each also as .br and .gz, and
 * `assets.json`, which says what the page loads and the digest of every file. The same sources give the same bytes.
 * Fails where a screen or a template holds text that the catalogue does not give.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { describeAssets, writeCompressed } from "./build/assets.ts";
import { readCatalogue, type Said, saidIn, writeKeys, writeWords } from "./build/catalogue.ts";
import { numberedSources } from "./build/numbers.ts";
import { buildPacked } from "./build/packed.ts";
import { refuseTextOutsideCatalogue } from "./build/text.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const ENTRY = "pwa/client/app.tsx";

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "pwa/static/built") },
    "keys-only": { type: "boolean", default: false },
    sealing: { type: "string" },
  },
});

await writeKeys(root);
if (!options["keys-only"]) await buildClient(resolve(options.out));

async function buildClient(out: string): Promise<void> {
  await refuseTextOutsideCatalogue(root);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const version = await versionOf(join(root, "pyproject.toml"));
  const shared: BuildOptions & { metafile: true } = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    metafile: true,
    legalComments: "none",
    target: ["chrome123", "firefox121", "safari17.5"],
    logLevel: "warning",
    define: { __CAIRN_VERSION__: JSON.stringify(version) },
  };

  const page = {
    ...shared,
    entryPoints: { app: ENTRY },
    outdir: out,
    format: "esm",
    splitting: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    ...(options.sealing === undefined ? {} : { alias: { "#sealing": resolve(options.sealing) } }),
  } satisfies BuildOptions;
  const said = await saidByScripts(page);
  const scripts = await buildPacked({ ...page, plugins: [numberedSources(root, said.numbers)] });
  const style = await build({
    ...shared,
    entryPoints: { app: "pwa/static/css/app.css" },
    outdir: out,
    entryNames: "[name]-[hash]",
    external: ["/static/*"],
  });
  await buildPacked({
    ...shared,
    entryPoints: { "service-worker": "service_worker/worker.ts" },
    outdir: out,
    format: "iife",
  });

  const words = await writeWords(root, "en", said, out);
  const assets = await describeAssets(out, { ...outputs(scripts, style.metafile), words });
  await writeFile(join(out, "assets.json"), JSON.stringify(assets, null, 2));
  await writeCompressed(out);
}

/** Bundle without writing anything, and see what is said only by scripts that are fetched later. */
async function saidByScripts(page: BuildOptions & { metafile: true }): Promise<Said> {
  const { metafile, outputFiles } = await build({ ...page, write: false });
  const atOnce = scriptsFrom(ENTRY, metafile);
  const scripts = { first: "", later: "" };
  for (const { path, text } of outputFiles) {
    const name = relative(root, path).replaceAll("\\", "/");
    scripts[atOnce.has(name) ? "first" : "later"] += text;
  }
  return saidIn(Object.keys(await readCatalogue(root, "en")), scripts);
}

/** Name what the page needs: the entry script, what it imports at once, and the style sheet. */
function outputs(page: Metafile, style: Metafile): { entry: string; style: string; preload: string[] } {
  const [entry, ...imported] = scriptsFrom(ENTRY, page);
  const sheet = Object.keys(style.outputs).find((name) => name.endsWith(".css"));
  if (entry === undefined || sheet === undefined) throw new Error("The build made no script or no style sheet.");
  return { entry: basename(entry), style: basename(sheet), preload: imported.map((name) => basename(name)).sort() };
}

/** The outputs that come with an entry point: its own first, then all that it imports at once, directly or not. */
function scriptsFrom(entryPoint: string, { outputs }: Metafile): Set<string> {
  const own = Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === entryPoint);
  if (own.length !== 1) throw new Error(`The build made ${own.length} scripts of ${entryPoint}, not one.`);
  const scripts = new Set(own);
  for (const name of scripts) {
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === "import-statement") scripts.add(path);
  }
  return scripts;
}

async function versionOf(pyproject: string): Promise<string> {
  const version = /^version = "([^"]+)"$/m.exec(await readFile(pyproject, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${pyproject} names no version.`);
  return version;
}
