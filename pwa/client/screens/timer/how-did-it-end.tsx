import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { ANSWERS } from "../../domain/outcome.ts";
import type { Ended } from "../../domain/record-types.ts";
import { t } from "../../words/index.ts";
import { ENDED } from "./answers-in-words.ts";

export interface HowDidItEndProps {
  readonly onAnswer: (ended: Ended) => void;
  /** Stop was not meant: the timer goes on as if it had not been pressed. */
  readonly onBack: () => void;
}

/** The question after Stop. All answers are alike. */
export function HowDidItEnd({ onAnswer, onBack }: HowDidItEndProps) {
  return (
    <Sheet name={t("timer.how-ended")} onLeave={onBack} leave={t("timer.back")}>
      <div class="stack-close">
        {ANSWERS.map((ended) => (
          <Button key={ended} kind="plain" isWide onPress={() => onAnswer(ended)}>
            {t(ENDED[ended])}
          </Button>
        ))}
      </div>
      <p class="quiet">{t("timer.any-is-fine")}</p>
    </Sheet>
  );
}
