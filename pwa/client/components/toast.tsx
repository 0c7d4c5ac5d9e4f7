import { useRef } from "preact/hooks";
import { t } from "../words/index.ts";
import { Button, ButtonLink } from "./button.tsx";

export interface ToastProps {
  /** What was done, or `null` while there is nothing to say. Keep it rendered all the same: only then is it heard. */
  readonly text: string | null;
  readonly onUndo?: (() => void) | undefined;
  /** Where what was done can be seen. */
  readonly way?: { readonly href: string; readonly text: string } | undefined;
  readonly onAway: () => void;
  /** Stays at the top of the screen while the page goes by. */
  readonly isDocked?: boolean | undefined;
}

/** Says what was done and offers to undo it. It stays until it is put away; it never leaves by itself. */
export function Toast({ text, onUndo, way, onAway, isDocked }: ToastProps) {
  const place = useRef<HTMLDivElement>(null);
  const afterwards = (act: () => void) => () => {
    act();
    place.current?.focus({ preventScroll: true });
  };
  return (
    <div ref={place} class={isDocked ? "toast-place toast-dock" : "toast-place"} role="status" tabIndex={-1}>
      {text !== null && (
        <div class="toast">
          <p>{text}</p>
          <div class="toast-ways">
            {onUndo && (
              <Button icon="undo" onPress={afterwards(onUndo)}>
                {t("toast.undo")}
              </Button>
            )}
            {way && <ButtonLink href={way.href}>{way.text}</ButtonLink>}
            <Button icon="close" onPress={afterwards(onAway)}>
              {t("toast.away")}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
