import type { There } from "../../account/join-here.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { parseDay } from "../../domain/day.ts";
import { t, tn } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { dayInWords } from "../frame/dates.ts";

export interface IsItYoursProps {
  readonly there: There;
  readonly onAnswer: (isYes: boolean) => void;
}

/** Asks, before a diary goes into another for good, whether that is the one that was meant: two people may share a phone. */
export function IsItYours({ there: { since, changes }, onAnswer }: IsItYoursProps) {
  const { clock } = useApp();
  const day = parseDay(since);
  return (
    <Card heading={t("sign-in.is-it-yours")}>
      <div class="stack">
        <p>
          {day !== undefined && t("sign-in.kept-since", { day: dayInWords(day, clock.today.value) })}{" "}
          {changes === 0 ? t("sign-in.nothing-there") : tn("sign-in.changes-there", changes)}
        </p>
        <p>{t("sign-in.for-good")}</p>
      </div>
      <div class="stack-close">
        <Button kind="main" isWide onPress={() => onAnswer(true)}>
          {t("sign-in.join")}
        </Button>
        <Button isWide onPress={() => onAnswer(false)}>
          {t("sign-in.leave-apart")}
        </Button>
      </div>
    </Card>
  );
}
