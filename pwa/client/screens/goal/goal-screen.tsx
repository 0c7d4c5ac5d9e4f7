import { goal } from "../../domain/record-types.ts";
import { useApp } from "../frame/app.ts";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { ChangeGoal } from "./change-goal.tsx";
import { GoalPage } from "./goal-page.tsx";
import { NewGoal } from "./new-goal.tsx";

/** A goal: a new one, one question a page; or the one that the address names, to go on with or to change. */
export function GoalScreen({ params }: { readonly params: Params }) {
  const { diary } = useApp();
  const isToChange = new URLSearchParams(location.search).has("change");
  const id = params.id ?? "new";
  if (id === "new") return <NewGoal />;
  const kept = diary.one(goal, id);
  if (kept === undefined) return diary.isWhole.value ? <NotFoundScreen /> : null;
  return isToChange ? <ChangeGoal kept={kept} /> : <GoalPage kept={kept} />;
}
