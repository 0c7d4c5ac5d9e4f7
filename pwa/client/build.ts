/**
 * Build the client: `node pwa/client/build.ts [--out FOLDER] [--keys-only]`.
 *
 * Reads the TypeScript of `pwa/client` and `service_worker`, the style sheets and the gettext catalogue;
 * writes `pwa/static/built` (or FOLDER): hashed scripts and styles, the worker, each also as .br and .gz, and
 * `assets.json`, which says what the page loads and the digest of every file. The same sources give the same bytes.
 * Fails where a screen or a template holds text that the catalogue does not give.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { describeAssets, writeCompressed } from "./build/assets.ts";
import { catalogueModules, writeKeys } from "./build/catalogue.ts";
import { refuseTextOutsideCatalogue } from "./build/text.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

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

  const page = await build({
    ...shared,
    entryPoints: { app: "pwa/client/app.tsx" },
    outdir: out,
    format: "esm",
    splitting: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    plugins: [catalogueModules(root)],
    ...(options.sealing === undefined ? {} : { alias: { "#sealing": resolve(options.sealing) } }),
  });
  const style = await build({
    ...shared,
    entryPoints: { app: "pwa/static/css/app.css" },
    outdir: out,
    entryNames: "[name]-[hash]",
    external: ["/static/*"],
  });
  await build({
    ...shared,
    entryPoints: { "service-worker": "service_worker/worker.ts" },
    outdir: out,
    format: "iife",
  });

  await writeFile(join(out, "assets.json"), JSON.stringify(await describeAssets(out, outputs(page.metafile, style.metafile)), null, 2));
  await writeCompressed(out);
}

/** Name what the page needs: the entry script, what it imports at once, and the style sheet. */
function outputs(page: Metafile, style: Metafile): { entry: string; style: string; preload: string[] } {
  const entry = Object.entries(page.outputs).find(([, output]) => output.entryPoint === "pwa/client/app.tsx");
  const sheet = Object.keys(style.outputs).find((name) => name.endsWith(".css"));
  if (entry === undefined || sheet === undefined) throw new Error("The build made no script or no style sheet.");
  const preload = new Set<string>();
  const follow = (name: string): void => {
    for (const { path, kind } of page.outputs[name]?.imports ?? []) {
      if (kind !== "import-statement" || preload.has(basename(path))) continue;
      preload.add(basename(path));
      follow(relative(root, resolve(root, path)));
    }
  };
  follow(entry[0]);
  const words = Object.entries(page.outputs).find(([, output]) => output.entryPoint?.startsWith("catalogue:"));
  if (words !== undefined) preload.add(basename(words[0]));
  return { entry: basename(entry[0]), style: basename(sheet), preload: [...preload].sort() };
}

async function versionOf(pyproject: string): Promise<string> {
  const version = /^version = "([^"]+)"$/m.exec(await readFile(pyproject, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${pyproject} names no version.`);
  return version;
}
