/** Links within the app change the screen without leaving the page. */
import { placeAt } from "../routes.ts";
import type { App } from "./app.ts";

/**
 * Follow plain clicks on plain links to known addresses; leave all others to the browser. Whoever follows one, or goes back,
 * leaves behind what was said here; what is said by a form that closes goes along to where that leads.
 */
export function followLinks({ go, toast }: Pick<App, "go" | "toast">): void {
  addEventListener("popstate", toast.passBy);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event
      .composedPath()
      .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.hasAttribute("href"));
    if (
      link === undefined ||
      link.origin !== location.origin ||
      link.hasAttribute("download") ||
      (link.target !== "" && link.target !== "_self")
    )
      return;
    if (link.hash !== "" && link.pathname === location.pathname) return;
    if (placeAt(link.pathname) === null) return;
    event.preventDefault();
    toast.passBy();
    const isHere = link.pathname + link.search === location.pathname + location.search;
    go(link.pathname + link.search + link.hash, { replace: isHere });
  });
}
