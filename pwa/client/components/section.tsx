import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface SectionProps {
  readonly heading: string;
  /** The heading is heard, not seen. */
  readonly isHeadingHidden?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A part of a page under its quiet heading. */
export function Section({ heading, isHeadingHidden, children }: SectionProps) {
  const id = useId();
  return (
    <section class="stack-close" aria-labelledby={id}>
      <h2 id={id} class={isHeadingHidden ? "heard-only" : undefined}>
        {heading}
      </h2>
      {children}
    </section>
  );
}
