import type { ComponentChildren } from "preact";

export interface AmountFaceProps {
  /** The amount of a round in words, such as "300 metres". */
  readonly amount: string;
  /** What is said under the face. */
  readonly children?: ComponentChildren;
}

/** The face of a round that is not of time: what it is about, on a stone that stays as it is. */
export function AmountFace({ amount, children }: AmountFaceProps) {
  return (
    <div class="timer at-do">
      <p class="amount-face" dir="auto">
        {amount}
      </p>
      {children}
    </div>
  );
}
