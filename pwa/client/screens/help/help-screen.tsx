import { ButtonLink } from "../../components/button.tsx";
import { Section } from "../../components/section.tsx";
import { parseDay } from "../../domain/day.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { dayInWords } from "../frame/dates.ts";
import { addressOf, EMERGENCY, TO_TALK } from "./lines.ts";
import { OpenPage } from "./open-page.tsx";

/** Who to call. It works with no network, before there is a diary, and while the diary is locked. */
export function HelpScreen() {
  const { helpConfirmed, clock } = useApp();
  const checked = parseDay(helpConfirmed);
  return (
    <OpenPage name={t("page.help")} under={t("help.nobody-watches")}>
      <Section heading={t("help.danger")}>
        <p>{t("help.danger-what", { number: EMERGENCY.number })}</p>
        <ButtonLink kind="main" isWide icon="phone" href={addressOf(EMERGENCY)}>
          {t(EMERGENCY.text, { number: EMERGENCY.number })}
        </ButtonLink>
      </Section>
      <Section heading={t("help.talk")}>
        <ul class="calls">
          {TO_TALK.map((line) => (
            <li key={line.number}>
              <ButtonLink kind="plain" isWide isAtStart icon={line.message === undefined ? "phone" : "word"} href={addressOf(line)}>
                {t(line.text, { number: line.number })}
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Section>
      <Section heading={t("help.body")}>
        <p>{t("help.body-chest", { number: EMERGENCY.number })}</p>
        <p>{t("help.body-nerves")}</p>
        <ul class="bullets">
          <li>{t("help.body-water")}</li>
          <li>{t("help.body-numb")}</li>
          <li>{t("help.body-legs")}</li>
        </ul>
      </Section>
      <p class="small quiet">
        {checked === undefined ? t("help.not-yet-checked") : t("help.checked", { day: dayInWords(checked, clock.today.value) })}
      </p>
    </OpenPage>
  );
}
