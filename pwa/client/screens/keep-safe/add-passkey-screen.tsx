import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { Button } from "../../components/button.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { OnlyWhenKept } from "./only-when-kept.tsx";

/** A passkey for a diary that is kept safe: who one is first, then the passkey. */
export function AddPasskeyScreen() {
  return <OnlyWhenKept name={t("add-passkey.title")}>{(account) => <AddPasskey account={account} />}</OnlyWhenKept>;
}

function AddPasskey({ account }: { readonly account: Account }) {
  const { go, toast } = useApp();
  const [isProved, prove] = useState(false);
  const { isBusy, trouble, run } = useBusy();
  const add = async (): Promise<void> => {
    const what = await account.addPasskey();
    go("/keep-safe", { replace: true });
    toast.say(t(what === "opens" ? "add-passkey.opens" : "add-passkey.signs-in"));
  };
  if (!account.hasPasskeys) return <p>{t("way-in.no-passkeys")}</p>;
  if (!isProved) {
    return (
      <>
        <div class="stack">
          <p>{t("way-in.passkey")}</p>
          <p>{t("add-passkey.who")}</p>
        </div>
        <ShowWho
          hasPasskeys
          onWay={async (way) => {
            await account.show(way, "proof");
            prove(true);
          }}
        />
      </>
    );
  }
  return (
    <>
      <p>{t("way-in.passkey-twice")}</p>
      <p role="alert">{trouble}</p>
      <div class="stack-close">
        <Button kind="main" isWide icon="lock" isDisabled={isBusy} onPress={() => void run(add)}>
          {t("way-in.make-passkey")}
        </Button>
        <Button kind="bare" isWide isDisabled={isBusy} onPress={() => prove(false)}>
          {t("consent.not-now")}
        </Button>
      </div>
      <p role="status" class="quiet">
        {isBusy && t("way-in.waiting")}
      </p>
    </>
  );
}
