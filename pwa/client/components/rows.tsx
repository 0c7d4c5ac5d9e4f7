import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import { Mark, type MarkState } from "./mark.tsx";

export interface RowsProps {
  /** Numbered in their order for those who hear them, such as the steps of a goal. */
  readonly isOrdered?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** Rows beneath each other. */
export function Rows({ isOrdered, children }: RowsProps) {
  return isOrdered ? <ol class="rows">{children}</ol> : <ul class="rows">{children}</ul>;
}

export interface ListRowProps {
  readonly text: string;
  /** The text is what the person wrote. */
  readonly isWords?: boolean | undefined;
  /** A smaller line under the text. */
  readonly note?: ComponentChildren;
  /** Where it leads; or what pressing it does; or neither, for a row that only tells. */
  readonly href?: string | undefined;
  readonly onPress?: (() => void) | undefined;
  readonly mark?: MarkState | undefined;
  readonly icon?: IconName | undefined;
  /** What stands under the row, such as what was done and how to undo it. */
  readonly children?: ComponentChildren;
}

/** One thing in a list, as a `<li>`. */
export function ListRow({ text, isWords, note, href, onPress, mark, icon, children }: ListRowProps) {
  const inside = (
    <>
      {mark && <Mark state={mark} />}
      {icon && <Icon name={icon} />}
      <span class="list-row-text">
        <span class={isWords ? "words" : undefined} dir="auto">
          {text}
        </span>
        {note && <span class="row-note">{note}</span>}
      </span>
      {(href ?? onPress) && <Icon name="forward" />}
    </>
  );
  return (
    <li>
      {href !== undefined ? (
        <a class="list-row" href={href}>
          {inside}
        </a>
      ) : onPress ? (
        <button class="list-row" type="button" onClick={() => onPress()}>
          {inside}
        </button>
      ) : (
        <div class="list-row">{inside}</div>
      )}
      {children}
    </li>
  );
}
