import type { Recorded } from "../../domain/schema.ts";

/** Things in the order of their names, as the person's language sorts them; ties by id, so that each keeps its place. */
export function inNameOrder<R extends Recorded<unknown>>(records: readonly R[], nameOf: (record: R) => string): R[] {
  const inLanguage = new Intl.Collator(document.documentElement.lang || "en-GB", { numeric: true });
  return [...records].sort((a, b) => inLanguage.compare(nameOf(a), nameOf(b)) || (a.id < b.id ? -1 : 1));
}
