import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface CardProps {
  /** A quiet heading, which also names the card for those who hear it. */
  readonly heading: string;
  /** What the card is about, larger; may be the person's own words. */
  readonly name?: string | undefined;
  /** On the ground of rest and bad days. */
  readonly isRest?: boolean | undefined;
  readonly children?: ComponentChildren;
}

/** A page on the page. One or two on a screen, no more. */
export function Card({ heading, name, isRest, children }: CardProps) {
  const id = useId();
  return (
    <section class={isRest ? "card card-rest" : "card"} aria-labelledby={id}>
      <div class="stack-close">
        <h2 id={id}>{heading}</h2>
        {name && (
          <p class="card-name" dir="auto">
            {name}
          </p>
        )}
      </div>
      {children}
    </section>
  );
}
