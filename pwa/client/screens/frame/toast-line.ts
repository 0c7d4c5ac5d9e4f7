/** What was done last, and how to undo it: one line for all screens, until it is put away. */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Said {
  readonly text: string;
  readonly undo: (() => void) | undefined;
  /** Where what was done can be seen. */
  readonly way: { readonly href: string; readonly text: string } | undefined;
}

export interface ToastLine {
  readonly said: ReadonlySignal<Said | null>;
  /** Say what was done; it takes the place of what was said before. */
  say(text: string, undo?: () => void, way?: Said["way"]): void;
  putAway(): void;
  /** Another screen is gone to: what cannot be undone was read by now, unless it was said on the way there. */
  passBy(): void;
}

export function makeToastLine(): ToastLine {
  const said = signal<Said | null>(null);
  let isOnTheWay = false;
  return {
    said,
    say(text, undo, way) {
      said.value = { text, undo, way };
      // Who is shown a way from here has not gone anywhere yet.
      isOnTheWay = way === undefined;
    },
    putAway() {
      said.value = null;
    },
    passBy() {
      if (!isOnTheWay && said.value?.undo === undefined) said.value = null;
      isOnTheWay = false;
    },
  };
}
