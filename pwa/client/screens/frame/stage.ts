import { useLayoutEffect } from "preact/hooks";

let before: { readonly stage: string; readonly staysPut: boolean } | null = null;

/**
 * For a screen that becomes another one at the same address. It then begins at its top, and its title takes the focus if
 * what was pressed is gone, as on a new page. Between two that stay put, the page stays where it is scrolled to: nobody asked it to move.
 */
export function useStage(stage: string, { staysPut = false }: { readonly staysPut?: boolean } = {}): void {
  useLayoutEffect(() => {
    if (before !== null && before.stage !== stage) {
      if (!staysPut || !before.staysPut) scrollTo(0, 0);
      if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    before = { stage, staysPut };
  }, [stage, staysPut]);
}
