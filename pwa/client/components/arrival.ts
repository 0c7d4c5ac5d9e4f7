/** What happens when a page arrives: it gets its name in the history, and its title the focus. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

let pathBefore: string | null = null;

/**
 * Name the page in the history, and give `title` the focus whenever the address has changed.
 *
 * The first page after opening leaves the focus where the browser put it. Scrolling is the router's.
 */
export function useArrival(title: RefObject<HTMLElement>, name: string): void {
  useEffect(() => {
    document.title = name;
  }, [name]);

  const path = location.pathname;
  useEffect(() => {
    if (pathBefore !== null && pathBefore !== path) title.current?.focus({ preventScroll: true });
    pathBefore = path;
  }, [path, title]);
}
