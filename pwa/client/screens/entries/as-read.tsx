import type { ComponentChild, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";

/** How far below the screen the next ones are laid out, in px. */
const AHEAD = 1500;

export interface AsRead<T> {
  /** The items to draw. */
  readonly shown: readonly T[];
  /** For the element whose children they are. */
  readonly list: RefObject<HTMLElement>;
  /** What stands after them: the way to more, or null where all are drawn. */
  readonly more: ComponentChild;
}

export interface AsReadOptions {
  readonly first: number;
  readonly step: number;
  readonly label: string;
}

/**
 * A long list, drawn as far as it is read: `items` gives so many from its beginning. At first the `first` items, more than a screen shows, and `step` more
 * whenever the end comes near or the button with this `label` is pressed. On the browser's way back it is as long as
 * it was.
 */
export function useAsRead<T>(items: (count: number) => readonly T[], { first, step, label }: AsReadOptions): AsRead<T> {
  const [count, setCount] = useState(() => lengthLeft() ?? first);
  const list = useRef<HTMLElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const focusAt = useRef<number | null>(null);
  const some = items(count + 1);
  const hasMore = some.length > count;

  const grow = (): void => {
    setCount(count + step);
    history.replaceState({ ...(history.state as object | null), drawn: count + step }, "");
  };

  useEffect(() => {
    if (end.current === null || !("IntersectionObserver" in globalThis)) return undefined;
    const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && grow(), {
      rootMargin: `${AHEAD}px`,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [count, hasMore]);

  // Who pressed the button reads on at the first of the new ones.
  useEffect(() => {
    if (focusAt.current === null) return;
    list.current?.children[focusAt.current]?.querySelector<HTMLElement>("a, button")?.focus();
    focusAt.current = null;
  }, [count]);

  const readOn = (): void => {
    focusAt.current = count;
    grow();
  };
  return {
    shown: some.slice(0, count),
    list,
    more: hasMore && (
      <div ref={end}>
        <Button kind="plain" isWide onPress={readOn}>
          {label}
        </Button>
      </div>
    ),
  };
}

/** How many were drawn when this place of the history was left, or null. */
function lengthLeft(): number | null {
  const drawn: unknown = (history.state as { readonly drawn?: unknown } | null)?.drawn;
  return typeof drawn === "number" ? drawn : null;
}
