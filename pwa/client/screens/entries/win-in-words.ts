/** Kinds of wins and parts of life in words. */
import { type PartOfLife, type Win, type WinKind, win } from "../../domain/record-types.ts";
import { t } from "../../words/index.ts";

/** What was chosen of a win, in words: its kind and its part of life. */
export function winSaid({ kind, part }: Pick<Win, "kind" | "part">): readonly string[] {
  return [...(kind === undefined ? [] : [kindInWords(kind)]), ...(part === undefined ? [] : [partInWords(part)])];
}

/** A question that the words of such a win may answer. */
export function promptFor(kind: WinKind | null): string {
  return t(`win-prompt.${kind ?? "my-own"}`);
}

/** Every kind, to choose from. */
export function kindsToChoose(): readonly { readonly value: WinKind; readonly text: string }[] {
  return win.fields.kind.options.map((value) => ({ value, text: kindInWords(value) }));
}

/** Every part of life, to choose from. */
export function partsToChoose(): readonly { readonly value: PartOfLife; readonly text: string }[] {
  return win.fields.part.options.map((value) => ({ value, text: partInWords(value) }));
}

function kindInWords(kind: WinKind): string {
  return t(`win-kind.${kind}`);
}

function partInWords(part: PartOfLife): string {
  return t(`part-of-life.${part}`);
}
