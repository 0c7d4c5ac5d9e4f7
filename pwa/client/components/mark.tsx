import { Icon } from "./icon.tsx";

export type MarkState = "done" | "part" | "rest" | "open";

const CLASSES: Readonly<Record<MarkState, string>> = {
  done: "mark mark-done",
  part: "mark mark-part",
  rest: "mark mark-rest",
  open: "mark",
};

/** Where a step or an activity stands. The word for it stands beside: the mark alone says nothing to those who hear. */
export function Mark({ state }: { readonly state: MarkState }) {
  return (
    <span class={CLASSES[state]} aria-hidden="true">
      {state === "done" && <Icon name="check" />}
    </span>
  );
}
