import { Button, ButtonLink } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { t } from "../../words/index.ts";

export interface FaultScreenProps {
  /** Try to show the page once more. */
  readonly onTryAgain: () => void;
}

/** A screen could not be drawn, which is a defect of the app: says so, and keeps the ways to the diary open. */
export function FaultScreen({ onTryAgain }: FaultScreenProps) {
  return (
    <Page name={t("fault.title")} back={{ href: "/", text: t("places.today") }}>
      <p class="lead">{t("fault.text")}</p>
      <div class="stack-close">
        <Button kind="main" isWide onPress={onTryAgain}>
          {t("trouble.try-again")}
        </Button>
        <ButtonLink isWide href="/take-with-me">
          {t("fault.save-a-copy")}
        </ButtonLink>
      </div>
    </Page>
  );
}
