import type { Account } from "../../account/account.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { LinkList } from "../../components/link-list.tsx";
import { Section } from "../../components/section.tsx";
import { t } from "../../words/index.ts";
import { useBusy } from "../frame/busy.ts";
import { Room } from "../frame/room.tsx";
import { ShowWho } from "../frame/show-who.tsx";
import { stands } from "../frame/where-it-lives.tsx";
import { NEEDS } from "./needs.ts";

/** How the backup stands, what needs the person, and what opens the diary elsewhere. */
export function Kept({ account }: { readonly account: Account }) {
  const opens = account.opensByPasskey.value;
  return (
    <Room name={t("keep-safe.title")} under={t("keep-safe.why")} back={{ href: "/more", text: t("page.more") }}>
      <Backup account={account} />
      <Section heading={t("kept.code")}>
        <p>{t("kept.code-yes")}</p>
      </Section>
      <Section heading={t("kept.passkey")}>
        <p>{opens ? t("kept.passkey-opens") : t("kept.passkey-none")}</p>
      </Section>
      <LinkList
        links={[
          { href: "/keep-safe/phones", text: t("kept.phones"), icon: "phone" },
          { href: "/keep-safe/sign-out", text: t("kept.sign-out"), icon: "close" },
          { href: "/keep-safe/take-back", text: t("kept.take-back"), icon: "undo" },
        ]}
      />
    </Room>
  );
}

function Backup({ account }: { readonly account: Account }) {
  const { isBusy, trouble, run } = useBusy();
  const status = account.status.value;
  const reason = status.kind === "needs-you" ? status.reason : null;
  const asksWho = reason === "signed-out" || reason === "proof-needed";
  return (
    <Card heading={t("kept.backup")}>
      <p class="lead">{stands(status)}</p>
      {reason !== null && <p>{t(NEEDS[reason])}</p>}
      {asksWho && (
        <ShowWho hasPasskeys={account.hasPasskeys} onWay={(way) => account.show(way, reason === "signed-out" ? "sign-in" : "proof")} />
      )}
      {reason === "account-deleted" && (
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(() => account.forget())}>
          {t("kept.begin-anew")}
        </Button>
      )}
      {reason !== null && !asksWho && reason !== "account-deleted" && (
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(() => account.backUpNow())}>
          {t("kept.try-again")}
        </Button>
      )}
      <p role="alert">{trouble}</p>
    </Card>
  );
}
