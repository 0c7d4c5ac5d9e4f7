import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Pebbles } from "../../components/pebbles.tsx";
import { type ChosenSettings, type Rating, ratingsAsked } from "../../domain/settings.ts";
import { StoreFailure } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";
import { type App, changeSettings, useApp } from "../frame/app.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";
import type { CheckInValues } from "./check-in-values.ts";

/** What each rating is called, and what its ends are. */
export const RATING_WORDS: Readonly<Record<Rating, { readonly name: Key; readonly low: Key; readonly high: Key; readonly off: Key }>> = {
  pain: { name: "rating.pain", low: "rating.none", high: "rating.most", off: "rating.pain-off" },
  energy: { name: "rating.energy", low: "rating.low", high: "rating.good", off: "rating.energy-off" },
  mood: { name: "rating.mood", low: "rating.low", high: "rating.good", off: "rating.mood-off" },
  sleep: { name: "rating.sleep", low: "rating.low", high: "rating.good", off: "rating.sleep-off" },
};

export interface RatingsProps {
  readonly values: CheckInValues;
  readonly chosen: ChosenSettings;
  readonly onRate: (rating: Rating, value: number | null) => void;
}

/** Ratings for who wants them, one at a time; each can be switched off for good. */
export function Ratings({ values, chosen, onRate }: RatingsProps) {
  const app = useApp();
  const asked = ratingsAsked(chosen);
  const [isOpen, open] = useState(() => asked.some((rating) => values[rating] !== null));
  const [at, turnTo] = useState(0);
  const rating = asked[Math.min(at, asked.length - 1)];
  if (rating === undefined) return null;
  if (!isOpen) {
    return (
      <Button kind="plain" isWide onPress={() => open(true)}>
        {t("rating.more")}
      </Button>
    );
  }
  const words = RATING_WORDS[rating];
  const isLast = at >= asked.length - 1;
  return (
    <div class="stack">
      <Pebbles
        key={rating}
        legend={t(words.name)}
        name={rating}
        chosen={values[rating]}
        onChoose={(value) => onRate(rating, value)}
        low={t(words.low)}
        high={t(words.high)}
      />
      <div class="row">
        {at > 0 && <Button onPress={() => turnTo(at - 1)}>{t("rating.before")}</Button>}
        {!isLast && <Button onPress={() => turnTo(at + 1)}>{t("rating.next")}</Button>}
        <Button kind="bare" onPress={() => void switchTo(app, rating, { isOff: true })}>
          {t(words.off)}
        </Button>
      </div>
    </div>
  );
}

/** For good, until it is switched on again, here at once or in the settings. Where that cannot be kept, it says so and all is as it was. */
async function switchTo(app: App, rating: Rating, { isOff }: { readonly isOff: boolean }): Promise<void> {
  try {
    await changeSettings(app, { [`${rating}Off`]: isOff });
    if (isOff) app.toast.say(t("rating.is-off"), () => void switchTo(app, rating, { isOff: false }));
  } catch (cause) {
    if (!(cause instanceof StoreFailure)) throw cause;
    app.toast.say(t("settings.not-kept", { why: t(TROUBLE_WORDS[cause.code]) }));
  }
}
