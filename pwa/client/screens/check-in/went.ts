/** The answers to "How did today go, against what I had planned?". */
import type { Went } from "../../domain/record-types.ts";
import type { Key } from "../../words/index.ts";

export const WENT: readonly { readonly value: Went; readonly text: Key }[] = [
  { value: "much-less", text: "went.much-less" },
  { value: "less", text: "went.less" },
  { value: "about", text: "went.about-as-planned" },
  { value: "more", text: "went.more" },
  { value: "much-more", text: "went.much-more" },
];

/** An answer in full, as the diary shows it. */
export function wentKey(went: Went): Key {
  return WENT.find(({ value }) => value === went)?.text ?? "went.about-as-planned";
}
