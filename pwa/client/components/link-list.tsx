import type { IconName } from "./icon.tsx";
import { ListRow } from "./rows.tsx";

export interface LinkListProps {
  readonly links: readonly {
    readonly href: string;
    readonly text: string;
    readonly note?: string | undefined;
    readonly icon?: IconName | undefined;
  }[];
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
