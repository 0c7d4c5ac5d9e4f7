import type { ComponentChildren } from "preact";

const TONES = { plain: "chip", do: "chip chip-do", rest: "chip chip-rest" } as const;

export interface ChipProps {
  /** `do` is moss, for what one does; `rest` is dusk. */
  readonly tone?: keyof typeof TONES | undefined;
  readonly children: ComponentChildren;
}

/** A word about something, such as "my own" beside a number. */
export function Chip({ tone = "plain", children }: ChipProps) {
  return <span class={TONES[tone]}>{children}</span>;
}
