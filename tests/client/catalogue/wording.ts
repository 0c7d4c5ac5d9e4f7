/** How the app speaks: which words it leaves alone, how long its sentences are, how hard they are to read. */

/** What the app is for. It stands whole, in the words that were agreed on, and may use words that nothing else may. */
export const PURPOSE =
  "A private notebook and sharing tool for skills learned on a pain management programme. " +
  "It does not diagnose, monitor, predict, or advise on treatment, and nobody watches what is written.";

/** Words of contests, of blame and of war. People have pain; rest counts; bad days are normal. */
export const UNKIND = [
  ...["streaks?", "scor(e[sd]?|ing|eboards?)", "rank(s|ed|ings?)?", "badges?", "points|(\\d+|one) point", "leaderboards?"],
  ...["fail(s|ed|ing|ures?)?", "miss(es|ed)?", "overdue", "complian(t|ce)", "compl(y|ies|ied|ying)"],
  ...["suffer(s|ed|ing|ers?)?", "victims?", "battl(e[sd]?|ing)", "warriors?", "you (haven[’']t|have not)"],
];
/** What the app does not do: it is a notebook, no device that watches over a body. */
export const CLINICAL = [
  ...["detect(s|ed|ing|ions?|ors?)?", "analy[sz](e[sd]?|ing|is|ers?)", "monitor(s|ed|ing)?"],
  ...["measur(e[sd]?|ing|ements?)", "diagnos(e[sd]?|ing|is|tics?)", "alert(s|ed|ing)?"],
];

/** Give the words of `text` that match one of `patterns`, whole, in either case. The purpose is left out. */
export function forbiddenWords(text: string, patterns: readonly string[]): readonly string[] {
  const plain = text.replace(/\s+/g, " ").replaceAll(PURPOSE, "");
  return [...plain.matchAll(new RegExp(`(?<![\\p{L}-])(?:${patterns.join("|")})(?![\\p{L}])`, "giu"))].map(([word]) => word);
}

/** Give the sentences of `text` with more than `most` words. A placeholder is one word; the purpose is left out. */
export function longSentences(text: string, most: number): readonly string[] {
  return sentencesOf(text.replaceAll(PURPOSE, "")).filter((sentence) => wordsOf(sentence).length > most);
}

/**
 * Give the school grade (United States) that reads `text` with ease; reading age is about five years more.
 * Kincaid, Fishburne, Rogers and Chissom (1975): 0.39 · words in a sentence + 11.8 · syllables in a word − 15.59.
 */
export function readingGrade(text: string): number {
  const words = wordsOf(text);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentencesOf(text).length) + 11.8 * (syllables / words.length) - 15.59;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** Text as people read it: Markdown without its code, its addresses and its marks. */
export function proseOf(markdown: string): string {
  return markdown
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, "")
    .replace(/`[^`\n]*`/g, "")
    .replace(/\]\([^)]*\)|<https?:[^>]*>|https?:\S+/g, "]")
    .replace(/[*_>#|]/g, "");
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.?!…:])\s+|\n+/).filter((sentence) => /[\p{L}{]/u.test(sentence));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\{\w+\}|[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];
}

/** Groups of vowels, a silent e left out: near enough for English. A placeholder counts as one. */
function syllablesOf(word: string): number {
  if (word.startsWith("{")) return 1;
  const spoken = word.toLowerCase().replace(/(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxz])es$/, "");
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0);
}
