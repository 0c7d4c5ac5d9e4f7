import { useEffect } from "preact/hooks";

type Lock = Pick<WakeLockSentinel, "released" | "release">;

/** The browser's part in it; not every browser has it. */
export interface Lamp {
  request(kind: "screen"): Promise<Lock>;
}

type SeenPage = Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;

/** Keep the screen on while `isOn`, where the browser can. */
export function useWakeLock(isOn: boolean): void {
  useEffect(() => {
    const lamp: Lamp | undefined = navigator.wakeLock;
    return isOn && lamp !== undefined ? keepScreenOn(lamp, document) : undefined;
  }, [isOn]);
}

/**
 * Ask for the screen to stay on, until the function that comes back is called. The browser lets go when the page is
 * hidden, so it is asked again. Refused, as on a low battery, the timer goes on all the same: it has said that it rings
 * only while the screen is on.
 */
export function keepScreenOn(lamp: Lamp, page: SeenPage): () => void {
  let lock: Lock | null = null;
  let isAsking = false;
  let isOver = false;
  const giveBack = (): void => void lock?.release().catch(() => undefined);
  const ask = async (): Promise<void> => {
    if (isAsking || page.visibilityState !== "visible" || lock?.released === false) return;
    isAsking = true;
    try {
      lock = await lamp.request("screen");
      if (isOver) giveBack();
    } catch {
      lock = null;
    } finally {
      isAsking = false;
    }
  };
  const askAgain = (): void => void ask();
  askAgain();
  page.addEventListener("visibilitychange", askAgain);
  return () => {
    isOver = true;
    page.removeEventListener("visibilitychange", askAgain);
    giveBack();
  };
}
