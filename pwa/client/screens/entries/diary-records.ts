import { useMemo } from "preact/hooks";
import type { DiaryRecords } from "../../domain/diary.ts";
import { checkIn, roughDay, session, win } from "../../domain/record-types.ts";
import { useApp } from "../frame/app.ts";

/** Everything that stands in the diary; the same object until something of it changes. */
export function useDiaryRecords(): DiaryRecords {
  const { diary } = useApp();
  const checkIns = diary.byDay(checkIn).value;
  const roughDays = diary.byDay(roughDay).value;
  const sessions = diary.byDay(session).value;
  const wins = diary.byDay(win).value;
  return useMemo(() => ({ checkIns, roughDays, sessions, wins }), [checkIns, roughDays, sessions, wins]);
}
