import { t } from "../../words/index.ts";

/** Shorter ones are found out by trying. */
const FEWEST_CHARACTERS = 8;

/** What is to be said of words that are too short to open a diary; null for others. */
export function tooShort(words: string): string | null {
  return words.trim().length < FEWEST_CHARACTERS ? t("choose-words.too-short", { count: FEWEST_CHARACTERS }) : null;
}
