import { parseDay } from "../../domain/day.ts";
import { checkIn } from "../../domain/record-types.ts";
import { useApp } from "../frame/app.ts";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { CheckInForm } from "./check-in-form.tsx";

/** A new check-in, for today or one of the last days; or the one that the address names, to change it. */
export function CheckInScreen({ params }: { readonly params: Params }) {
  const { diary } = useApp();
  if (params.id === undefined) return <CheckInForm kept={null} wantedDay={parseDay(new URLSearchParams(location.search).get("day"))} />;
  const kept = diary.one(checkIn, params.id);
  if (kept === undefined) return diary.isWhole.value ? <NotFoundScreen /> : null;
  return <CheckInForm kept={kept} />;
}
