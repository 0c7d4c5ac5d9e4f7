import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

export interface SheetProps {
  readonly name: string;
  /** Called when the person leaves it: by its last button, Escape, the phone's back gesture, or beside it. */
  readonly onLeave: () => void;
  /** The words of its last button: where it leads. An answer to a question is none of it. */
  readonly leave: string;
  readonly children: ComponentChildren;
}

/** For so long, in ms, and so near, in px, a tap is another of the one that opened the sheet: some hands shake. */
const SHAKES_FOR = 500;
const SHAKES_WITHIN = 24;

const lastTap = { x: 0, y: 0, at: Number.NEGATIVE_INFINITY };
addEventListener("click", ({ clientX, clientY }) => Object.assign(lastTap, { x: clientX, y: clientY, at: performance.now() }), {
  capture: true,
});

/**
 * A question over the page. It is open while it is rendered; when it goes, the focus returns to what opened it.
 * The browser keeps the rest of the page out of reach meanwhile. A tap that was meant for what opened it answers nothing.
 */
export function Sheet({ name, onLeave, leave, children }: SheetProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const leaving = useRef(onLeave);
  leaving.current = onLeave;

  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown === null) return;
    const tell = () => leaving.current();
    const opened = { ...lastTap };
    const isSameTap = ({ clientX, clientY }: MouseEvent): boolean =>
      performance.now() - opened.at < SHAKES_FOR && Math.hypot(clientX - opened.x, clientY - opened.y) < SHAKES_WITHIN;
    const ignoreIfSameTap = (event: MouseEvent) => {
      if (event.detail === 0 || !isSameTap(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const tellIfBeside = (event: MouseEvent) => {
      if (event.target === shown) tell();
    };
    shown.showModal();
    shown.addEventListener("click", ignoreIfSameTap, { capture: true });
    shown.addEventListener("close", tell);
    shown.addEventListener("click", tellIfBeside);
    return () => {
      shown.removeEventListener("click", ignoreIfSameTap, { capture: true });
      shown.removeEventListener("close", tell);
      shown.removeEventListener("click", tellIfBeside);
      shown.close();
    };
  }, []);

  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={id}>
      <div class="sheet-page">
        <h2 class="sheet-name" id={id} tabIndex={-1} autofocus>
          {name}
        </h2>
        {children}
        <Button kind="bare" isWide onPress={onLeave}>
          {leave}
        </Button>
      </div>
    </dialog>
  );
}
