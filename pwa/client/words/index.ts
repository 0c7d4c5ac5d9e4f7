/**
 * The words of the app, in the person's language.
 *
 * `t("today.title")` gives a text, `t("day.of", { day })` fills `{day}`, `tn("trash.count", 3)` picks the plural form
 * and fills `{count}`. Keys are checked by the compiler; a language is loaded once, before the first screen.
 */
import type { Key, PluralKey } from "./keys.ts";

export type { Key, PluralKey };
export type Fillings = Readonly<Record<string, string | number>>;
export type Words = Readonly<Record<string, string | readonly string[]>>;

let words: Words = {};
let spoken = "en-GB";
let rules: Intl.PluralRules | null = null;
const FORMS: Readonly<Record<string, number>> = { one: 0, other: 1 };

/** Take a language's words into use, beside those learnt already. */
export function speak(language: string, catalogue: Words): void {
  words = { ...words, ...catalogue };
  spoken = language;
  rules = null;
}

/** Fetch what only those screens say that nobody opens first, and take it up: before or after the others. */
export async function learnLater(): Promise<void> {
  const later = await fetchWords("later-words");
  words = { ...words, ...later };
}

/** Fetch the words that the page's head names so. Rejects unless they come, and are those very bytes. */
export async function fetchWords(id: "words" | "later-words"): Promise<Words> {
  const { href, dataset } = document.getElementById(id) as HTMLLinkElement;
  const answer = await fetch(href, { integrity: dataset.integrity ?? "" });
  const { from, texts, named } = await answer.json();
  return { ...named, ...Object.fromEntries(texts.map((text: Words[string], i: number) => [from + i, text])) };
}

/** Give the text of a key. Throws where the catalogue lacks it: the build does not let that happen. */
export function t(key: Key, fillings: Fillings = {}): string {
  const text = words[key];
  if (typeof text !== "string") throw new MissingWords(key);
  return fill(text, fillings);
}

/** Give the text of a key for a number of things; `{count}` is that number. */
export function tn(key: PluralKey, count: number, fillings: Fillings = {}): string {
  rules ??= new Intl.PluralRules(spoken);
  const forms = words[key];
  const text = Array.isArray(forms) ? forms[FORMS[rules.select(count)] ?? forms.length - 1] : undefined;
  if (text === undefined) throw new MissingWords(key);
  return fill(text, { count, ...fillings });
}

export class MissingWords extends Error {
  override readonly name = "MissingWords";
  constructor(key: string) {
    super(`The catalogue has no words for ${key}.`);
  }
}

function fill(text: string, fillings: Fillings): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fillings ? String(fillings[name]) : whole));
}
