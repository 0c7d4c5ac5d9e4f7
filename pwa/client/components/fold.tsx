import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

export interface FoldProps {
  readonly summary: string;
  /** Looks like a button, in place of a line with an arrow. */
  readonly isButton?: boolean | undefined;
  readonly isOpen?: boolean | undefined;
  readonly onTurn?: ((isOpen: boolean) => void) | undefined;
  readonly children: ComponentChildren;
}

/** More, for those who want it. */
export function Fold({ summary, isButton, isOpen, onTurn, children }: FoldProps) {
  return (
    <details class="fold" open={isOpen} onToggle={onTurn && ((event) => onTurn(event.currentTarget.open))}>
      {isButton ? (
        <summary class="button button-plain button-wide">{summary}</summary>
      ) : (
        <summary>
          {summary} <Icon name="forward" />
        </summary>
      )}
      <div class="fold-page">{children}</div>
    </details>
  );
}
