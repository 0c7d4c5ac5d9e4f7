import type { Account } from "../../account/account.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { OnlyWhenKept } from "./only-when-kept.tsx";

/** Taking consent back: the site's copy is erased, and with it the account; the diary stays. */
export function TakeBackScreen() {
  return <OnlyWhenKept name={t("take-back.title")}>{(account) => <TakeBack account={account} />}</OnlyWhenKept>;
}

function TakeBack({ account }: { readonly account: Account }) {
  const { go, toast } = useApp();
  return (
    <>
      <div class="stack">
        <p>{t("take-back.why")}</p>
        <p>{t("take-back.stays")}</p>
        <p>{t("take-back.code")}</p>
        <p>{t("take-back.who")}</p>
      </div>
      <ShowWho
        hasPasskeys={account.hasPasskeys}
        says={{ passkey: t("take-back.with-passkey"), code: t("take-back.with-code") }}
        onWay={async (way) => {
          await account.takeBack(way);
          go("/", { replace: true });
          toast.say(t("take-back.done"));
        }}
      />
    </>
  );
}
