import { useRef, useState } from "preact/hooks";
import { Choices } from "../../components/choices.tsx";
import { LinkList } from "../../components/link-list.tsx";
import { Section } from "../../components/section.tsx";
import { Tick } from "../../components/tick.tsx";
import type { Settings } from "../../domain/record-types.ts";
import { isLowEnergy } from "../../domain/rough-day.ts";
import { type ChosenSettings, RATINGS, type Rating } from "../../domain/settings.ts";
import { StoreFailure } from "../../store/failures.ts";
import { type Key, t, tn } from "../../words/index.ts";
import { changeSettings, useApp } from "../frame/app.ts";
import { timeInWords } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { howItLocks } from "../lock/lock-in-words.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";

const HOUR = 3_600_000;
const TURNS = [0, 1, 2, 3, 4, 5, 6];
const RESTS = [1, 2, 3, 5, 10, 15, 20];

const ASKED: Readonly<Record<Rating, Key>> = {
  pain: "rating.pain",
  energy: "rating.energy",
  mood: "rating.mood",
  sleep: "rating.sleep",
};

const SCHEMES: readonly { readonly value: ChosenSettings["scheme"]; readonly text: Key }[] = [
  { value: "system", text: "settings.scheme-system" },
  { value: "light", text: "settings.scheme-light" },
  { value: "dark", text: "settings.scheme-dark" },
];

/** What the person can choose. Each is one tap, kept at once, and can be undone. */
export function SettingsScreen() {
  const app = useApp();
  const { settings } = app;
  const { chosen, change } = useChanging(settings.value);
  return (
    <Room name={t("settings.title")} back={{ href: "/more" }}>
      <LinkList links={[{ href: "/settings/lock", text: t("lock.title"), note: howItLocks(app.diary), icon: "lock" }]} />
      <Section heading={t("settings.look")}>
        <Choices
          legend={t("settings.scheme")}
          name="scheme"
          shape="tall"
          isKept
          choices={SCHEMES.map(({ value, text }) => ({ value, text: t(text) }))}
          chosen={chosen.scheme}
          onChoose={(scheme) => scheme !== null && change({ scheme })}
          hint={isLowEnergy(chosen) && t("settings.dim-now")}
        />
        <Tick
          text={t("settings.plain-letters")}
          note={t("settings.plain-letters-note")}
          name="letters"
          isTicked={chosen.letters === "plain"}
          onTick={(isPlain) => change({ letters: isPlain ? "plain" : "two" })}
        />
      </Section>
      <Section heading={t("settings.check-in")}>
        <fieldset class="ticks">
          <legend class="asked">{t("settings.ratings")}</legend>
          {RATINGS.map((rating) => (
            <Tick
              key={rating}
              text={t(ASKED[rating])}
              name={rating}
              isTicked={!chosen[`${rating}Off`]}
              onTick={(isAsked) => change({ [`${rating}Off`]: !isAsked })}
            />
          ))}
        </fieldset>
        <Choices
          legend={t("settings.day-turns")}
          hint={t("settings.day-turns-hint")}
          name="day-turn"
          shape="wide"
          isKept
          choices={withChosen(TURNS, chosen.dayTurn).map((hour) => ({ value: hour, text: timeInWords(hour * HOUR, 0) }))}
          chosen={chosen.dayTurn}
          onChoose={(dayTurn) => dayTurn !== null && change({ dayTurn })}
        />
      </Section>
      <Section heading={t("settings.timer")}>
        <Tick text={t("settings.sound")} name="sound" isTicked={chosen.sound} onTick={(sound) => change({ sound })} />
        <Tick text={t("settings.vibration")} name="vibration" isTicked={chosen.vibration} onTick={(vibration) => change({ vibration })} />
        <Choices
          legend={t("settings.rest")}
          hint={t("settings.rest-hint")}
          name="rest"
          shape="wide"
          isKept
          choices={withChosen(RESTS, chosen.restMinutes).map((minutes) => ({ value: minutes, text: tn("settings.minutes", minutes) }))}
          chosen={chosen.restMinutes}
          onChoose={(restMinutes) => restMinutes !== null && change({ restMinutes })}
        />
      </Section>
    </Room>
  );
}

/** Changes follow one another; what was tapped is shown at once, and put back where it could not be kept. */
function useChanging(inForce: ChosenSettings) {
  const app = useApp();
  const [tapped, show] = useState<Settings>({});
  const queue = useRef<Promise<void>>(Promise.resolve());

  const change = (values: Settings, before: Settings | null = valuesOf(app.settings.peek(), values)): void => {
    show((others) => ({ ...others, ...values }));
    queue.current = queue.current.then(async () => {
      try {
        await changeSettings(app, values);
        app.toast.say(t("settings.kept"), before === null ? undefined : () => change(before, null));
      } catch (cause) {
        if (!(cause instanceof StoreFailure)) throw cause;
        app.toast.say(t("settings.not-kept", { why: t(TROUBLE_WORDS[cause.code]) }));
      } finally {
        show((shown) => without(shown, values));
      }
    });
  };
  return { chosen: { ...inForce, ...tapped }, change };
}

/** What is still shown ahead of being kept, once these values are settled. */
function without(shown: Settings, settled: Settings): Settings {
  return Object.fromEntries(Object.entries(shown).filter(([name, value]) => settled[name as keyof Settings] !== value));
}

/** Those of the settings in force that a change is about. */
function valuesOf(inForce: ChosenSettings, changed: Settings): Settings {
  return Object.fromEntries(Object.keys(changed).map((name) => [name, inForce[name as keyof Settings]]));
}

/** The usual choices, with the one in force where it is another. */
function withChosen(usual: readonly number[], chosen: number): readonly number[] {
  return usual.includes(chosen) ? usual : [...usual, chosen].sort((a, b) => a - b);
}
