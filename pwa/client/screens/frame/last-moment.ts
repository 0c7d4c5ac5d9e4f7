/** The last moment in which a page can still keep something. */

/**
 * After these a page may not come back. Of a reload it hears before the new one is fetched; when it is hidden it may be too
 * late; a telephone may say no more than that the page is hidden.
 */
const MAY_BE_THE_LAST: readonly { readonly on: EventTarget; readonly event: string }[] = [
  { on: window, event: "beforeunload" },
  { on: window, event: "pagehide" },
  { on: window, event: "blur" },
  { on: document, event: "visibilitychange" },
];

/** Call `keep` whenever the page may be gone in a moment, until what this gives is called. */
export function beforeThePageGoes(keep: () => void): () => void {
  for (const { on, event } of MAY_BE_THE_LAST) on.addEventListener(event, keep);
  return () => {
    for (const { on, event } of MAY_BE_THE_LAST) on.removeEventListener(event, keep);
  };
}
