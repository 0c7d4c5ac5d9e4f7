import { ListRow } from "../../components/rows.tsx";
import { dayGiven } from "../../domain/diary.ts";
import { activity, checkIn, goal, recordTypes, roughDay, session, settings, step, win } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { knownBy, sortInWords, TRASHED_TYPES, type Trashed } from "../trash/trash-words.ts";

export interface RecordRowProps {
  /** The record's id; all of the diary is in memory. */
  readonly record: string;
  /** What is to be said of it. */
  readonly note?: string;
}

/** A record by what the person knows it by, and the way to it. */
export function RecordRow({ record, note }: RecordRowProps) {
  const { diary } = useApp();
  const thing = Object.values<RecordType>(recordTypes).flatMap((type): Trashed[] => {
    const kept = diary.one(type, record);
    return kept === undefined ? [] : [{ type, kept }];
  })[0];
  if (thing?.type === settings) return <ListRow href="/settings" text={t("settings.title")} note={note} />;
  const found = thing ?? diary.trashed(TRASHED_TYPES).value.find(({ kept }) => kept.id === record);
  if (found === undefined) return <ListRow text={t("refused.of-a-newer-app")} note={note} />;
  const said = [sortInWords(found), note].filter(Boolean).join("\u00a0· ");
  return <ListRow href={thing === undefined ? "/trash" : placeOf(found)} {...knownBy(found)} note={said} />;
}

/** Where a record is read and changed. */
function placeOf({ type, kept: { id, values } }: Trashed): string {
  switch (type) {
    case checkIn:
      return `/check-in/${id}`;
    case win:
      return `/wins/${id}`;
    case activity:
      return `/plans/activities/${id}`;
    case goal:
      return `/plans/goals/${id}`;
    case step: {
      const of = step.fields.goal.parse(values.goal);
      return of === undefined ? "/plans" : `/plans/goals/${of}`;
    }
    case roughDay:
    case session: {
      const [day, written, offset] = [
        session.fields.day.parse(values.day),
        session.fields.written.parse(values.written),
        session.fields.offset.parse(values.offset),
      ];
      const on = dayGiven({ ...(day && { day }), ...(written && { written }), ...(offset && { offset }) });
      return on === null ? "/diary" : `/diary/${on}`;
    }
    default:
      return "/diary";
  }
}
