/** What the server is told of the built files, and their compressed twins. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export interface Assets {
  /** The page's script. */
  readonly entry: string;
  /** The page's style sheet. */
  readonly style: string;
  /** Scripts the entry imports at once. */
  readonly preload: readonly string[];
  /** The words, as data. */
  readonly words: WordFiles;
  /** Every file a phone may keep, with its digest as Subresource Integrity writes it. */
  readonly files: Readonly<Record<string, string>>;
}

/** The names of a language's files: what the first screens say, and what only the others do. */
export interface WordFiles {
  readonly first: string;
  readonly later: string;
}

/** Digest every file in `folder` but the worker, which no phone caches. */
export async function describeAssets(folder: string, loaded: Omit<Assets, "files">): Promise<Assets> {
  const names = (await readdir(folder)).filter((name) => name !== "service-worker.js").sort();
  const files: Record<string, string> = {};
  for (const name of names) files[name] = integrityOf(await readFile(join(folder, name)));
  return { ...loaded, files };
}

/** Write NAME.br and NAME.gz beside every file that is served, so that the server compresses nothing itself. */
export async function writeCompressed(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== "assets.json");
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
      await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(bytes, { params: quality }));
      await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}

/** Name a file by its bytes, as the bundler names scripts. */
export function hashedName(name: string, ending: string, text: string): string {
  const hash = BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
    .toString(36)
    .toUpperCase()
    .slice(-8);
  return `${name}-${hash}.${ending}`;
}

function integrityOf(bytes: Uint8Array): string {
  return `sha256-${createHash("sha256").update(bytes).digest("base64")}`;
}
