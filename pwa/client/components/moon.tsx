/** The sun or moon over the line of the land: low, half up, and clear of it. */
const RISINGS = {
  rough: "M18.5 25a9.6 9.6 0 0 1 19 0M4 25h48M16 32h24",
  "getting-by": "M21 25a9.7 9.7 0 1 1 14 0M4 25h48",
  ok: "M18.3 13a9.7 9.7 0 1 0 19.4 0a9.7 9.7 0 1 0-19.4 0M4 29.5h48",
} as const;

/** The picture beside each of the rough day's three answers. */
export function Moon({ rising }: { readonly rising: keyof typeof RISINGS }) {
  return (
    <svg class="low-moon" viewBox="0 0 56 36" aria-hidden="true">
      <path d={RISINGS[rising]} />
    </svg>
  );
}
