import { Choices } from "../../components/choices.tsx";
import { t, tn } from "../../words/index.ts";
import { LOCK_MINUTES } from "./lock-in-words.ts";

export interface AfterMinutesProps {
  readonly minutes: number | null;
  readonly onChoose: (minutes: number) => void;
}

/** After which time without use it locks. */
export function AfterMinutes({ minutes, onChoose }: AfterMinutesProps) {
  return (
    <Choices
      legend={t("lock.when")}
      hint={t("lock.when-hint")}
      name="lock-after"
      isKept
      choices={LOCK_MINUTES.map((value) => ({ value, text: tn("settings.minutes", value) }))}
      chosen={minutes}
      onChoose={(value) => value !== null && onChoose(value)}
    />
  );
}
