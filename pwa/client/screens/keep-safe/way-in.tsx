import type { Account } from "../../account/account.ts";
import { Button } from "../../components/button.tsx";
import { t } from "../../words/index.ts";
import { useBusy } from "../frame/busy.ts";
import { Room } from "../frame/room.tsx";

export interface WayInProps {
  readonly account: Account;
  readonly onBack: () => void;
}

/** What will open the diary on another phone: a passkey and a code, or the code alone. Signs up with what is chosen. */
export function WayIn({ account, onBack }: WayInProps) {
  const { isBusy, trouble, run } = useBusy();
  const { hasPasskeys } = account;
  const withPasskey = () => void run(() => account.keepSafeWithPasskey());
  const withCode = () => void run(() => account.keepSafeWithCode());
  return (
    <Room name={t("way-in.title")}>
      <div class="stack">
        {hasPasskeys ? (
          <>
            <p class="lead">{t("way-in.passkey")}</p>
            <p>{t("way-in.passkey-twice")}</p>
          </>
        ) : (
          <p class="lead">{t("way-in.no-passkeys")}</p>
        )}
        <p>{t("way-in.code-next")}</p>
      </div>
      <div class="stack-close">
        {hasPasskeys && (
          <Button kind="main" isWide icon="lock" isDisabled={isBusy} onPress={withPasskey}>
            {t("way-in.make-passkey")}
          </Button>
        )}
        <Button kind={hasPasskeys ? "line" : "main"} isWide isDisabled={isBusy} onPress={withCode}>
          {hasPasskeys ? t("way-in.code-alone") : t("way-in.make-code")}
        </Button>
        <p role="alert">{trouble}</p>
        <Button kind="bare" isWide isDisabled={isBusy} onPress={onBack}>
          {t("page.back")}
        </Button>
      </div>
      <p role="status" class="quiet">
        {isBusy && t("way-in.waiting")}
      </p>
    </Room>
  );
}
