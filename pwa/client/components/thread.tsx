export interface Bead {
  readonly kind: "do" | "rest";
  readonly text: string;
  /** `now` is the round one is in; `past` is behind. */
  readonly state?: "past" | "now" | "next" | undefined;
}

export interface ThreadProps {
  /** Names the rounds for those who hear them. */
  readonly label: string;
  readonly beads: readonly Bead[];
}

/** Doing and resting, one after the other. */
export function Thread({ label, beads }: ThreadProps) {
  return (
    <ol class="thread" aria-label={label}>
      {beads.map(({ kind, text, state = "next" }, index) => (
        <li
          key={index}
          class={state === "past" ? `bead bead-${kind} bead-past` : `bead bead-${kind}`}
          aria-current={state === "now" ? "step" : undefined}
        >
          {text}
        </li>
      ))}
    </ol>
  );
}
