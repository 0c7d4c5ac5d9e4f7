import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Section } from "../../components/section.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";

/** Before anything goes anywhere: what is kept, who can read it, and how to take it back. One page, and a yes. */
export function Consent({ onYes }: { readonly onYes: () => void }) {
  const { operator } = useApp();
  return (
    <Room name={t("keep-safe.title")} under={t("keep-safe.why")} back={{ href: "/more" }}>
      <Section heading={t("consent.what")}>
        <p>{t("consent.what-words")}</p>
      </Section>
      <Section heading={t("consent.who")}>
        <p>{t("consent.who-nobody")}</p>
        <p>{t("consent.who-sees")}</p>
        {operator.name !== null && <p>{t("consent.who-runs", { name: operator.name })}</p>}
      </Section>
      <Section heading={t("consent.back")}>
        <p>{t("consent.back-words")}</p>
      </Section>
      <Card heading={t("consent.ask")}>
        <p>{t("consent.adults")}</p>
        <div class="stack-close">
          <Button kind="main" isWide onPress={onYes}>
            {t("consent.yes")}
          </Button>
          <ButtonLink isWide href="/">
            {t("consent.not-now")}
          </ButtonLink>
          <ButtonLink kind="bare" isWide href="/take-with-me">
            {t("consent.or-a-file")}
          </ButtonLink>
        </div>
      </Card>
      <ButtonLink kind="bare" isWide href="/sign-in">
        {t("consent.already")}
      </ButtonLink>
    </Room>
  );
}
