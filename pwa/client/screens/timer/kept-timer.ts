/** What the timer keeps on the phone, sealed, until it is in the diary: the run, and what was answered so far. */
import { isRecordId } from "../../domain/field.ts";
import { type Ended, type Session, session } from "../../domain/record-types.ts";
import { parseRun, type Run } from "../../domain/run.ts";
import type { Diary } from "../../store/diary.ts";

export type After = NonNullable<Session["after"]>;
export type SessionId = ReturnType<Diary["newId"]>;

export interface KeptTimer {
  readonly run: Run;
  /** The id its session will have: kept twice, it is still one. */
  readonly session: SessionId;
  /** How it ended, once the person has said so. */
  readonly ended: Ended | null;
  /** What stands in the field for how much it was, as it was typed. */
  readonly howMuch: string;
  readonly after: After | null;
}

/** A timer that begins with this run. */
export function beginTimer(run: Run, id: SessionId): KeptTimer {
  return { run, session: id, ended: null, howMuch: "", after: null };
}

/** Reads what was kept; null where it is no timer. */
export function parseKeptTimer(value: unknown): KeptTimer | null {
  if (typeof value !== "object" || value === null) return null;
  const { run, session: id, ended, howMuch, after } = value as Readonly<Record<string, unknown>>;
  const parsed = parseRun(run);
  if (parsed === undefined || !isRecordId(id)) return null;
  return {
    run: parsed,
    session: id as SessionId,
    ended: session.fields.ended.parse(ended) ?? null,
    howMuch: typeof howMuch === "string" ? howMuch : "",
    after: session.fields.after.parse(after) ?? null,
  };
}
