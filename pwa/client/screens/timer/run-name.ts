import { t } from "../../words/index.ts";

/** What a run or its session is called: its activity's name, or, for minutes without one, the timer's. */
export function runName({ name = "" }: { readonly name?: string | undefined }): string {
  return name.trim() === "" ? t("timer.unnamed") : name;
}
