import { goal, session, step, type Win, win } from "../../domain/record-types.ts";
import { beginWin } from "../../domain/wins.ts";
import type { Diary } from "../../store/diary.ts";
import { useApp } from "../frame/app.ts";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { WinForm } from "./win-form.tsx";

/** A new win, or the one that the address names, to change it. */
export function WinScreen({ params }: { readonly params: Params }) {
  const { diary } = useApp();
  const id = params.id ?? NEW;
  if (id === NEW) return <WinForm kept={null} beginning={beginningOf(diary, new URLSearchParams(location.search))} />;
  const kept = diary.one(win, id);
  if (kept === undefined) return diary.isWhole.value ? <NotFoundScreen /> : null;
  return <WinForm kept={kept} beginning={kept.values} />;
}

const NEW = "new";

/** How a win begins that was asked for with `?from=<id>&kind=<kind>`: its kind and part of life, and no words. */
function beginningOf(diary: Diary, asked: URLSearchParams): Win {
  const kind = win.fields.kind.parse(asked.get("kind") ?? undefined);
  return { ...fromRecord(diary, asked.get("from") ?? ""), ...(kind === undefined ? {} : { kind }) };
}

function fromRecord(diary: Diary, id: string): Win {
  const ofGoal = diary.one(goal, id);
  if (ofGoal !== undefined) return beginWin({ type: "goal", record: ofGoal });
  const ofStep = diary.one(step, id);
  if (ofStep !== undefined) {
    const itsGoal = diary.one(goal, ofStep.values.goal ?? "");
    return beginWin({ type: "step", record: ofStep, ...(itsGoal === undefined ? {} : { goal: itsGoal }) });
  }
  const ofSession = diary.one(session, id);
  return ofSession === undefined ? beginWin() : beginWin({ type: "session", record: ofSession });
}
