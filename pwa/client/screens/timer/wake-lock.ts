import { useEffect } from "preact/hooks";

/** Keep the screen on while `isOn`, where the browser can. It lets go when the page is hidden, so it is asked again. */
export function useWakeLock(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== "visible" || (lock !== null && !lock.released)) return;
      const given = await navigator.wakeLock.request("screen");
      if (isOver) await given.release();
      else lock = given;
    };
    // Refused on a low battery: the timer goes on all the same, and has said that it rings only while the screen is on.
    const askQuietly = (): void => void ask().catch(() => undefined);
    askQuietly();
    document.addEventListener("visibilitychange", askQuietly);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", askQuietly);
      void lock?.release();
    };
  }, [isOn]);
}
