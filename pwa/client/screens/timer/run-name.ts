import type { Run } from "../../domain/run.ts";
import { t } from "../../words/index.ts";

/** What a run is called: its activity's name, or, for minutes without one, the timer's. */
export function runName({ name }: Pick<Run, "name">): string {
  return name.trim() === "" ? t("timer.unnamed") : name;
}
