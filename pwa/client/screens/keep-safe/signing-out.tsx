import type { Account } from "../../account/account.ts";
import type { Phone } from "../../account/phones.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Fold } from "../../components/fold.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { ShowWho } from "../frame/show-who.tsx";

export interface SigningOutProps {
  readonly account: Account;
  /** Null where it goes on with one that was cut off. */
  readonly phone: Phone | null;
  readonly onOver?: () => void;
  readonly onBack?: () => void;
}

/** Signs another phone out, once it is clear who asks: what that does, and what it does not. */
export function SigningOut({ account, phone, onOver, onBack }: SigningOutProps) {
  const { toast } = useApp();
  const name = phone?.name ?? t("phones.unnamed");
  return (
    <Card heading={phone === null ? t("phones.half-title") : t("phones.sign-out-of", { phone: name })}>
      {account.isSigningOut.value && <p role="alert">{t("phones.half")}</p>}
      <p>{t("phones.turns")}</p>
      <p>{t("phones.stays")}</p>
      <p>{t("phones.who")}</p>
      <ShowWho
        hasPasskeys={account.hasPasskeys}
        onWay={async (way) => {
          await account.signOutPhone(phone, way);
          toast.say(t("phones.signed-out"));
          document.getElementById("main")?.focus({ preventScroll: true });
          onOver?.();
        }}
      />
      <Fold summary={t("phones.lost")}>
        <p>{t("phones.mislead")}</p>
        <p>
          {t("phones.new-code")} <a href="/keep-safe/code">{t("new-code.title")}</a>
        </p>
      </Fold>
      {onBack && (
        <Button kind="bare" isWide onPress={onBack}>
          {t("consent.not-now")}
        </Button>
      )}
    </Card>
  );
}
