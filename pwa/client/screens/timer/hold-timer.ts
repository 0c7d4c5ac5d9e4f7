/** Taking hold of the timer: one window of this phone has it at a time. */
import type { Diary } from "../../store/diary.ts";
import type { Draft } from "../../store/draft.ts";

/** How long to wait for the screen or the window before to let go, in ms, and how often. */
const WAIT = 120;
const TRIES = 4;

/** Take hold of the timer's draft; null where another window has it. Throws StoreFailure. */
export async function holdTimer(diary: Diary, tries: number = TRIES): Promise<Draft | null> {
  for (let attempt = 1; ; attempt++) {
    const draft = await diary.draft("timer");
    // Only the first draft is the timer's: there is one timer, not one a window.
    if (draft.isFirst) return draft;
    draft.release();
    if (attempt >= tries) return null;
    await new Promise((resolve) => setTimeout(resolve, WAIT));
  }
}
