/** What was done last, and how to undo it: one line for all screens, until it is put away or left behind. */
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
  /** Say what nothing else undoes: it stays, wherever the person goes. */
  sayUntilPutAway(text: string, undo: () => void): void;
  putAway(): void;
  /** The person goes to another screen: what was said of this one was read by now. */
  passBy(): void;
}

export function makeToastLine(): ToastLine {
  const said = signal<Said | null>(null);
  let stays = false;
  return {
    said,
    say(text, undo, way) {
      said.value = { text, undo, way };
      stays = false;
    },
    sayUntilPutAway(text, undo) {
      said.value = { text, undo, way: undefined };
      stays = true;
    },
    putAway() {
      said.value = null;
    },
    passBy() {
      if (!stays) said.value = null;
    },
  };
}
