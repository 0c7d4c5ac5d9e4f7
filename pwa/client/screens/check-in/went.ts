/** The answers to "How did today go, against what I had planned?". */
import type { Went } from "../../domain/record-types.ts";
import type { Key } from "../../words/index.ts";

export const WENT: readonly { readonly value: Went; readonly short: Key; readonly long: Key }[] = [
  { value: "much-less", short: "went.much-less", long: "went.much-less" },
  { value: "less", short: "went.less", long: "went.less" },
  { value: "about", short: "went.about", long: "went.about-as-planned" },
  { value: "more", short: "went.more", long: "went.more" },
  { value: "much-more", short: "went.much-more", long: "went.much-more" },
];

/** An answer in full, as the diary shows it. */
export function wentKey(went: Went): Key {
  return WENT.find(({ value }) => value === went)?.long ?? "went.about-as-planned";
}
