/** Bundling, and what takes more out of a script than the bundler's own minifying does. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { type MinifyOptions, minify } from "terser";
import packer from "terser/package.json" with { type: "json" };

/** Nothing that could change what a script does: reading a signal, say, is an act of its own. */
const PACKING = { module: true, ecma: 2020, compress: { passes: 3 } } satisfies MinifyOptions;

/** Bundle, pack and write what `options` say. The same sources give the same bytes. */
export async function buildPacked(options: BuildOptions & { readonly metafile: true }): Promise<Metafile> {
  // The bundler names a file by what it wrote itself. How that is packed afterwards has to be in the name too.
  const footer = { js: `// ${packer.version} ${JSON.stringify(PACKING)}` };
  const { metafile, outputFiles } = await build({ ...options, footer, write: false });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, path.endsWith(".js") ? await packed(text) : text);
    }),
  );
  return metafile;
}

async function packed(script: string): Promise<string> {
  const { code } = await minify(script, PACKING);
  if (code === undefined) throw new Error("A script came out empty.");
  return code;
}
