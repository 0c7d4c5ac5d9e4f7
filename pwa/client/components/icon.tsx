import { drawingOf, type IconName } from "./drawings.ts";

export type { IconName };

/** Icons that point along the line of reading, and so turn round where it runs from right to left. */
const TURNING: readonly IconName[] = ["back", "forward"];

/** A line drawing that stands beside a word. It is never heard: the word says it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={TURNING.includes(name) ? "icon icon-turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawingOf(name)} />
    </svg>
  );
}
