import { useState } from "preact/hooks";
import { accountTrouble } from "./account-trouble.ts";

export interface Busy {
  readonly isBusy: boolean;
  /** Why it did not come about, in a sentence. */
  readonly trouble: string | null;
  /** The trouble was seen. */
  clear(): void;
  /** Do it, one at a time. */
  run(work: () => Promise<unknown>): Promise<void>;
}

/** A step that takes a moment and may not come about. */
export function useBusy(): Busy {
  const [isBusy, setBusy] = useState(false);
  const [trouble, tell] = useState<string | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    tell(null);
    try {
      await work();
    } catch (cause) {
      tell(accountTrouble(cause));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, trouble, clear: () => tell(null), run };
}
