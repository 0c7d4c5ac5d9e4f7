import type { ComponentChildren } from "preact";

export interface WordsProps {
  readonly isLarge?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** What the person wrote, in the page's letters, with their own line breaks and in their own direction. */
export function Words({ isLarge, children }: WordsProps) {
  return (
    <p class={isLarge ? "words words-large" : "words"} dir="auto">
      {children}
    </p>
  );
}
