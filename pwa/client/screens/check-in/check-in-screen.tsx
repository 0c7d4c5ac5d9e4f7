import { useState } from "preact/hooks";
import { type Day, mayFillIn, parseDay } from "../../domain/day.ts";
import { checkIn } from "../../domain/record-types.ts";
import { otherDaysBegun } from "../drafts/begun.ts";
import { type App, useApp } from "../frame/app.ts";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { CheckInForm } from "./check-in-form.tsx";

/** A new check-in, for today or one of the last days; or the one that the address names, to change it. */
export function CheckInScreen({ params }: { readonly params: Params }) {
  const app = useApp();
  // As it was when the screen was opened: past midnight it is still the day that the person began to write about.
  const [day] = useState(() => dayAsked(app));
  if (params.id === undefined) return <CheckInForm kept={null} day={day} />;
  const kept = app.diary.one(checkIn, params.id);
  if (kept === undefined) return app.diary.isWhole.value ? <NotFoundScreen /> : null;
  return <CheckInForm kept={kept} day={day} />;
}

/** The day that the address names: one of the last, or one with words that wait. Else today. */
function dayAsked({ diary, clock }: App): Day {
  const today = clock.today.peek();
  const asked = parseDay(new URLSearchParams(location.search).get("day"));
  if (asked === undefined) return today;
  return mayFillIn(asked, today) || otherDaysBegun(diary.waitingDrafts.peek() ?? [], today).includes(asked) ? asked : today;
}
