import type { ComponentChildren } from "preact";

export interface EmptyStateProps {
  readonly text: string;
  /** A way to begin, if this is the place for it. */
  readonly children?: ComponentChildren;
}

/** What will stand here, said while nothing does. */
export function EmptyState({ text, children }: EmptyStateProps) {
  return (
    <div class="empty-state">
      <p class="lead quiet">{text}</p>
      {children}
    </div>
  );
}
