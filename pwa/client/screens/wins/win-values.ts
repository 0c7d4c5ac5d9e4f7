/** A win as its form has it, and as it is kept. */
import { type PartOfLife, type Win, type WinKind, win } from "../../domain/record-types.ts";
import { checkSaid, checkValues } from "../../domain/schema.ts";
import { t } from "../../words/index.ts";
import { sentenceFor } from "../frame/complaints.ts";
import type { Complaints } from "../frame/form.ts";

export interface WinValues {
  readonly words: string;
  readonly kind: WinKind | null;
  readonly part: PartOfLife | null;
}

/** What stands in the form for these values. */
export function formOf({ words = "", kind, part }: Win): WinValues {
  return { words, kind: kind ?? null, part: part ?? null };
}

/** What is to be kept: a part left blank is a part never said. */
export function valuesOf({ words, kind, part }: WinValues) {
  return { words, kind: kind ?? undefined, part: part ?? undefined };
}

/** What needs another look: a win is its words. */
export function checkWin(values: WinValues): Complaints<WinValues> {
  if (checkSaid(values, ["words"]).length > 0) return { words: t("win.words-missing") };
  const problems = checkValues(win, valuesOf(values));
  return Object.fromEntries(problems.map(({ field, code }) => [field, sentenceFor(code)]));
}
