import type { IconName } from "./icon.tsx";
import { ListRow } from "./rows.tsx";

export interface LinkItem {
  readonly href: string;
  readonly text: string;
  readonly note?: string | undefined;
  readonly icon?: IconName | undefined;
}

export interface LinkListProps {
  readonly links: readonly LinkItem[];
}

/** Ways on from here, such as those under More. */
export function LinkList({ links }: LinkListProps) {
  return (
    <ul class="link-list">
      {links.map((link) => (
        <ListRow key={link.href} {...link} />
      ))}
    </ul>
  );
}
