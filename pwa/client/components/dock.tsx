import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export interface DockProps {
  /** A small line under the action. */
  readonly hint?: string | undefined;
  readonly hintIcon?: IconName | undefined;
  readonly children: ComponentChildren;
}

/** Holds the main action of a page, where the thumb is. */
export function Dock({ hint, hintIcon, children }: DockProps) {
  return (
    <div class="dock">
      {children}
      {hint && (
        <p class="dock-hint">
          {hintIcon && <Icon name={hintIcon} />} {hint}
        </p>
      )}
    </div>
  );
}
