import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

export interface TickProps {
  readonly text: string;
  /** A smaller line under the text. */
  readonly note?: ComponentChildren;
  readonly name: string;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}

/** Yes, or nothing said. */
export function Tick({ text, note, name, isTicked, onTick }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" name={name} checked={isTicked} onChange={(event) => onTick(event.currentTarget.checked)} />
      <span class="tick-box">
        <Icon name="check" />
      </span>
      <span class="tick-text">
        {text} {note && <span class="row-note">{note}</span>}
      </span>
    </label>
  );
}
