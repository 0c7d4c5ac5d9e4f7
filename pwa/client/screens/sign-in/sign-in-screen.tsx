import { useState } from "preact/hooks";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { useAccount } from "../frame/use-account.ts";
import { OpenPage } from "../help/open-page.tsx";

/** Brings a diary here that is kept safe already. Only where none was begun: two diaries are not joined yet. */
export function SignInScreen() {
  const { diary } = useApp();
  return (
    <OpenPage name={t("sign-in.title")} under={t("sign-in.why")} back={{ href: "/" }}>
      {diary.phase.value === "open" ? <AlreadyBegun /> : <BringItHere />}
    </OpenPage>
  );
}

function BringItHere() {
  const { go } = useApp();
  const account = useAccount();
  const [needsCode, askForCode] = useState(false);
  if (account === null) return null;
  return (
    <>
      {needsCode && <p role="alert">{t("sign-in.needs-code")}</p>}
      <ShowWho
        hasPasskeys={account.hasPasskeys && !needsCode}
        onWay={async (way) => {
          if ((await account.bringHere(way)) === "needs-code") askForCode(true);
          else go("/", { replace: true });
        }}
      />
    </>
  );
}

function AlreadyBegun() {
  return (
    <Card heading={t("sign-in.begun")}>
      <p>{t("sign-in.begun-why")}</p>
      <p>{t("sign-in.begun-how")}</p>
      <ButtonLink kind="plain" isWide href="/take-with-me">
        {t("take-with-me.title")}
      </ButtonLink>
    </Card>
  );
}
