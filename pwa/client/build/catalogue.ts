/**
 * The gettext catalogue, for the client.
 *
 * Ids are keys (`check-in.title`), texts are what people read. The build writes the union of all keys, so that a key
 * that is not in the catalogue does not compile, and turns `catalogue:LANG` imports into a module of that language.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { po } from "gettext-parser";

/** One text, or the plural forms of one. */
export type Words = Readonly<Record<string, string | readonly string[]>>;

/** Write `pwa/client/words/keys.ts`: the keys of the English catalogue, the one that is always whole. */
export async function writeKeys(root: string): Promise<void> {
  const words = await readCatalogue(root, "en");
  const single = Object.keys(words).filter((key) => typeof words[key] === "string");
  const plural = Object.keys(words).filter((key) => typeof words[key] !== "string");
  const lines = [
    "// Made by the build from the catalogue.",
    `export type Key = ${unionOf(single)};`,
    `export type PluralKey = ${unionOf(plural)};`,
    "",
  ];
  await writeFile(join(root, "pwa/client/words/keys.ts"), lines.join("\n"));
}

/** Let the bundler import `catalogue:en` as a module whose default export is that language's words. */
export function catalogueModules(root: string): Plugin {
  return {
    name: "catalogue",
    setup(build) {
      build.onResolve({ filter: /^catalogue:/ }, ({ path }) => ({ path, namespace: "catalogue" }));
      build.onLoad({ filter: /.*/, namespace: "catalogue" }, async ({ path }) => ({
        contents: `export default ${JSON.stringify(await readCatalogue(root, path.replace("catalogue:", "")))}`,
        loader: "js",
      }));
    },
  };
}

/** Read one language. Throws where a text is empty or a key stands twice. */
export async function readCatalogue(root: string, language: string): Promise<Words> {
  const folder = join(root, "pwa/translations", language, "LC_MESSAGES");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".po"));
  if (files.length !== 1) throw new Error(`${folder} holds ${files.length} catalogues, not one.`);
  const { translations } = po.parse(await readFile(join(folder, files[0] ?? "")), { validation: true });
  const words: Record<string, string | readonly string[]> = {};
  for (const { msgid, msgid_plural: plural, msgstr } of Object.values(translations[""] ?? {})) {
    if (msgid === "") continue;
    if (msgstr.length === 0 || msgstr.some((text) => text === "")) throw new Error(`The catalogue ${language} has no text for ${msgid}.`);
    words[msgid] = plural === undefined ? (msgstr[0] ?? "") : msgstr;
  }
  return words;
}

function unionOf(keys: readonly string[]): string {
  return keys.length === 0
    ? "never"
    : [...keys]
        .sort()
        .map((key) => JSON.stringify(key))
        .join("\n  | ");
}
