import { useEffect, useState } from "preact/hooks";
import { useApp } from "../frame/app.ts";
import { BeginTimer } from "./begin-timer.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { Going } from "./going.tsx";
import { beginTimer, type SessionId } from "./kept-timer.ts";
import { SessionKept } from "./session-kept.tsx";
import { useTimerDesk } from "./timer-desk.ts";

/** The pacing timer: begin one, or be where the one that runs is, in this window or told about another. */
export function TimerScreen() {
  const { diary, toast } = useApp();
  const wanted = new URLSearchParams(location.search);
  const desk = useTimerDesk();
  const [keptSession, showKept] = useState<SessionId | null>(null);
  useEffect(() => {
    if (toast.said.peek()?.undo === undefined) toast.putAway();
  }, []);
  if (desk.at === "looking") return null;
  if (desk.at === "elsewhere") return <Elsewhere isStuck={desk.isStuck} onBringHere={desk.bringHere} />;
  if (desk.timer !== null) return <Going key={desk.timer.session} desk={desk} timer={desk.timer} onKept={showKept} />;
  if (keptSession !== null) return <SessionKept id={keptSession} />;
  return (
    <BeginTimer
      activityId={wanted.get("activity")}
      isOwnMinutes={wanted.has("own")}
      trouble={desk.trouble}
      onBegin={(run) => {
        // Nothing that was said before stands over Stop.
        toast.putAway();
        desk.keep(beginTimer(run, diary.newId()));
      }}
    />
  );
}
