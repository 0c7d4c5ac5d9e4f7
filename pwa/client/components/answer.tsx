import type { ComponentChildren } from "preact";

export interface AnswerProps<V extends string | number> {
  /** The class of its label, which says how it looks. */
  readonly look: string;
  /** What makes several answers one question. */
  readonly name: string;
  readonly value: V;
  readonly chosen: V | null;
  /** Called with `null` when the chosen one is pressed again and so cleared. */
  readonly onChoose: (value: V | null) => void;
  /** Pressing the chosen one again changes nothing. */
  readonly isKept?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** The browser's own radio button under a label, which can also be cleared: by finger, mouse or space bar. */
export function Answer<V extends string | number>({ look, name, value, chosen, onChoose, isKept, children }: AnswerProps<V>) {
  const isChosen = chosen === value;
  const mayClear = isChosen && !isKept;
  return (
    <label class={look}>
      <input
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        onChange={() => onChoose(value)}
        onClick={() => {
          if (mayClear) onChoose(null);
        }}
        // The space bar makes no click on a radio button that is chosen already.
        onKeyUp={(event) => {
          if (!mayClear || event.key !== " ") return;
          event.preventDefault();
          onChoose(null);
        }}
      />
      <span>{children}</span>
    </label>
  );
}
