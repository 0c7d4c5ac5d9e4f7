/** What is used by being looked at, such as a timer that runs. */
import { useEffect } from "preact/hooks";

const inUse = new Set<object>();

/** While `isOn`, the app counts as used for as long as somebody can see it. */
export function useBeingSeen(isOn: boolean): void {
  useEffect(() => {
    const use = {};
    if (isOn) inUse.add(use);
    return () => void inUse.delete(use);
  }, [isOn]);
}

/** Whether something is used by being looked at just now. */
export function isBeingSeen(): boolean {
  return inUse.size > 0 && document.visibilityState === "visible";
}
