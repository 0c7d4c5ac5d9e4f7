/**
 * The gettext catalogue, for the client.
 *
 * Ids are keys (`check-in.title`), texts are what people read. The build writes the union of all keys, so that a key
 * that is not in the catalogue does not compile, and writes what scripts say as two files of data for each language.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { po } from "gettext-parser";
import { hashedName, type WordFiles } from "./assets.ts";
import { type Numbers, numberKeys } from "./numbers.ts";

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

/** Which keys the scripts of the first screens say, and which only the other scripts do. */
export interface Said {
  readonly first: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
  /** The numbers that stand for them in scripts. A key that a script puts together has none. */
  readonly numbers: Numbers;
}

/** Write what scripts say in that language into `folder`. What only the server says is in neither file. */
export async function writeWords(root: string, language: string, said: Said, folder: string): Promise<WordFiles> {
  const words = await readCatalogue(root, language);
  const write = async (keys: ReadonlySet<string>, name: string): Promise<string> => {
    const text = dataOf(words, keys, said.numbers);
    const file = hashedName(name, "json", text);
    await writeFile(join(folder, file), text);
    return file;
  };
  return { first: await write(said.first, language), later: await write(said.later, `${language}-later`) };
}

/** Give the words for these keys as the client reads them: those with numbers, which follow one another, as a list. */
export function dataOf(words: Words, keys: Iterable<string>, numbers: Numbers): string {
  const numbered = [...keys].filter((key) => numbers.has(key));
  const named = Object.fromEntries([...keys].filter((key) => !numbers.has(key)).map((key) => [key, words[key]]));
  return JSON.stringify({ from: numbers.get(numbered[0] ?? "") ?? 0, texts: numbered.map((key) => words[key]), named });
}

/** Tell what is said from the scripts themselves: keys stand in them as literals, or as the beginning of a template. */
export function saidIn(keys: readonly string[], scripts: { readonly first: string; readonly later: string }): Said {
  const first = namedIn(scripts.first, keys);
  const later = new Set([...namedIn(scripts.later, keys)].filter((key) => !first.has(key)));
  const beginnings = [...beginningsIn(scripts.first), ...beginningsIn(scripts.later)];
  const isNamed = (key: string): boolean => beginnings.some((beginning) => key.startsWith(beginning));
  return { first, later, numbers: numberKeys([...first, ...later].filter((key) => !isNamed(key))) };
}

function namedIn(script: string, keys: readonly string[]): Set<string> {
  const literals = new Set([...script.matchAll(/["'`]([a-z0-9.-]+)["'`]/g)].map((match) => match[1]));
  const beginnings = beginningsIn(script);
  return new Set(keys.filter((key) => literals.has(key) || beginnings.some((beginning) => key.startsWith(beginning))));
}

function beginningsIn(script: string): readonly string[] {
  return [...script.matchAll(/`([a-z0-9-]+\.[a-z0-9.-]*)\$\{/g)].map((match) => match[1] ?? "");
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
