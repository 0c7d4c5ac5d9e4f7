import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export interface SyncLineProps {
  readonly icon: IconName;
  /** A sentence, and a link to where it can be changed. */
  readonly children: ComponentChildren;
}

/** A quiet line that says where the diary lives. */
export function SyncLine({ icon, children }: SyncLineProps) {
  return (
    <p class="sync-line">
      <Icon name={icon} /> <span>{children}</span>
    </p>
  );
}
