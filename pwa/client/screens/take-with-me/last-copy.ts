/** When a copy was last saved from this phone. */
import { useEffect, useState } from "preact/hooks";
import { type Day, parseDay } from "../../domain/day.ts";
import { useApp } from "../frame/app.ts";
import { keepPhoneNote, readPhoneNote } from "../frame/phone-note.ts";

const NOTE = "copy-saved";

/** The day of the last copy, if one is known; and what notes that one was saved on a day. */
export function useLastCopy(): readonly [Day | undefined, (day: Day) => void] {
  const { diary } = useApp();
  const [last, show] = useState<Day | undefined>(undefined);
  useEffect(() => {
    // Without it nothing is said: the copies are where they are.
    void readPhoneNote(diary, NOTE).then(
      (day) => show((saved) => saved ?? parseDay(day)),
      () => undefined,
    );
  }, []);
  const note = (day: Day): void => {
    show(day);
    void keepPhoneNote(diary, NOTE, day).catch(() => undefined);
  };
  return [last, note];
}
