import { useLayoutEffect } from "preact/hooks";

let stageBefore: string | null = null;

/**
 * For a screen that becomes another one at the same address. It then begins at its top, and its title takes the focus if
 * what was pressed is gone, as on a new page. `staysPut` leaves the page where it is scrolled to: nobody asked it to move.
 */
export function useStage(stage: string, { staysPut = false }: { readonly staysPut?: boolean } = {}): void {
  useLayoutEffect(() => {
    if (stageBefore !== null && stageBefore !== stage) {
      if (!staysPut) scrollTo(0, 0);
      if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    stageBefore = stage;
  }, [stage, staysPut]);
}
