import { useEffect } from "preact/hooks";
import type { WaitingDraft } from "../../store/drafts.ts";
import { useApp } from "../frame/app.ts";

/** The drafts that wait while this screen is open; none before they were looked at. */
export function useWaitingDrafts(): readonly WaitingDraft[] {
  const { diary } = useApp();
  useEffect(() => {
    let stop = diary.followDrafts();
    const lookAgain = (): void => {
      if (document.visibilityState !== "visible") return;
      stop();
      stop = diary.followDrafts();
    };
    document.addEventListener("visibilitychange", lookAgain);
    return () => {
      document.removeEventListener("visibilitychange", lookAgain);
      stop();
    };
  }, []);
  return diary.waitingDrafts.value ?? NONE;
}

const NONE: readonly WaitingDraft[] = [];
