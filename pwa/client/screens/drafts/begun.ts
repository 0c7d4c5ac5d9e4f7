/** A draft that waits, as one line: what was begun, and where it goes on. */
import { compareDays, type Day, parseDay } from "../../domain/day.ts";
import { activity, checkIn, goal, session, step, win } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import type { Diary } from "../../store/diary.ts";
import type { WaitingDraft } from "../../store/drafts.ts";
import { t } from "../../words/index.ts";
import { dayInWords } from "../frame/dates.ts";
import { partOf } from "../frame/left-in-draft.ts";

export interface Begun {
  readonly href: string;
  readonly text: string;
}

/** What was begun, without what another tab has open. What belongs to a record that is not here now waits for it unsaid. */
export function begunIn(waiting: readonly WaitingDraft[], today: Day, diary: Pick<Diary, "one" | "all">): readonly Begun[] {
  const lines = waiting.flatMap((draft) => (draft.isElsewhere ? [] : (begunOf(draft, today, diary) ?? [])));
  return [...new Map(lines.map((line) => [line.href, line])).values()];
}

/** The day that a draft of a new check-in is for. */
export function dayOfDraft(values: unknown): Day | undefined {
  return parseDay(partOf(values, "day"));
}

/** The days of new check-ins that were begun, but for `day`; oldest first. */
export function otherDaysBegun(waiting: readonly WaitingDraft[], day: string): readonly Day[] {
  const days = waiting.flatMap(({ name, left }) => (name === "check-in" ? (dayOfDraft(partOf(left, "values")) ?? []) : []));
  return [...new Set(days)].filter((each) => each !== day).sort(compareDays);
}

function begunOf({ name, left }: WaitingDraft, today: Day, diary: Pick<Diary, "one" | "all">): Begun | undefined {
  const [form, id = "", part] = name.split("/");
  const isHere = (...types: readonly RecordType[]): boolean => types.some((type) => diary.one(type, part ?? id) !== undefined);
  const isThere = (type: RecordType): boolean => diary.one(type, id) !== undefined;
  switch (form) {
    case "check-in":
      if (id === "") return checkInBegun(dayOfDraft(partOf(left, "values")), today);
      return isThere(checkIn) ? { href: `/check-in/${id}`, text: t("draft.check-in-change") } : undefined;
    case "win":
      if (id === "") return { href: "/wins/new", text: t("draft.win") };
      if (id === "from") return isHere(goal, step, session) ? { href: `/wins/new?from=${part}`, text: t("draft.win") } : undefined;
      return isThere(win) ? { href: `/wins/${id}`, text: t("draft.win-change") } : undefined;
    case "goal":
      if (id === "new") return { href: "/plans/goals/new", text: t("draft.goal") };
      if (!isThere(goal)) return undefined;
      if (part === "step") return { href: `/plans/goals/${id}?step=new`, text: t("draft.step") };
      return { href: `/plans/goals/${id}?change`, text: t("draft.goal-change") };
    case "step": {
      const goalId = diary.one(step, id)?.values.goal;
      if (goalId === undefined || diary.one(goal, goalId) === undefined) return undefined;
      if (part === "note") return { href: `/plans/goals/${goalId}?how=${id}`, text: t("draft.step-note") };
      return { href: `/plans/goals/${goalId}?step=${id}`, text: t("draft.step-change") };
    }
    case "rough-day":
      return { href: "/rough-day", text: t("draft.rough-day") };
    case "activity":
      return activityBegun(id, partOf(partOf(left, "values"), "preset"), diary);
    default:
      return undefined;
  }
}

function checkInBegun(day: Day | undefined, today: Day): Begun {
  if (day === undefined || day === today) return { href: "/check-in", text: t("draft.check-in") };
  return { href: `/check-in?day=${day}`, text: t("draft.check-in-of", { day: dayInWords(day, today) }) };
}

/** One's own activity, one that is there to begin with, or a new one. */
function activityBegun(id: string, presetLeft: unknown, diary: Pick<Diary, "one" | "all">): Begun | undefined {
  const places = "/plans/activities";
  if (diary.one(activity, id) !== undefined) return { href: `${places}/${id}?change`, text: t("draft.activity-change") };
  const preset = activity.fields.preset.parse(presetLeft);
  const isUsed = preset !== undefined && diary.all(activity).value.some(({ values }) => values.preset === preset);
  return id !== "new" || isUsed ? undefined : { href: `${places}/${preset ?? "new"}`, text: t("draft.activity") };
}
