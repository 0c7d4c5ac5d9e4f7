import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export interface NoticeProps {
  readonly icon: IconName;
  readonly text: string;
  /** What can be done about it, as buttons. */
  readonly children?: ComponentChildren;
}

/** A line above the page that asks for nothing at once, such as a new version that is ready. */
export function Notice({ icon, text, children }: NoticeProps) {
  return (
    <div class="notice" role="status">
      <p class="notice-text">
        <Icon name={icon} /> <span>{text}</span>
      </p>
      {children && <div class="notice-ways">{children}</div>}
    </div>
  );
}
