import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { t, tn } from "../../words/index.ts";
import { BegunLines } from "../drafts/begun-lines.tsx";
import { useBusy } from "../frame/busy.ts";
import { OnlyWhenKept } from "./only-when-kept.tsx";

/** Takes the diary off this phone. What is not backed up yet is sent first, or named before anything is lost. */
export function SignOutScreen() {
  return <OnlyWhenKept name={t("sign-out.title")}>{(account) => <SignOut account={account} />}</OnlyWhenKept>;
}

function SignOut({ account }: { readonly account: Account }) {
  const [waiting, tell] = useState<number | null>(null);
  const { isBusy, trouble, run } = useBusy();
  const leave = async (mayLose: boolean): Promise<void> => {
    if (await account.leaveThisPhone({ mayLose })) location.replace("/");
    else tell(account.waiting);
  };
  const sendAndLeave = async (): Promise<void> => {
    await account.backUpNow();
    const { status } = account;
    if (status.peek().kind === "backed-up") return leave(false);
    tell(account.waiting);
  };
  return (
    <>
      <div class="stack">
        <p>{t("sign-out.why")}</p>
        <p>{t("sign-out.back")}</p>
        <BegunLines />
      </div>
      <div role="alert" class="stack">
        {waiting !== null && <p>{waiting === 0 ? t("sign-out.not-sure") : tn("sign-out.waiting", waiting)}</p>}
        {trouble !== null && <p>{trouble}</p>}
      </div>
      <div class="stack-close">
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(sendAndLeave)}>
          {t(waiting === null ? "sign-out.do" : "kept.try-again")}
        </Button>
        {waiting !== null && (
          <>
            <ButtonLink isWide href="/take-with-me">
              {t("consent.or-a-file")}
            </ButtonLink>
            <Button kind="bare" isWide isDisabled={isBusy} onPress={() => void run(() => leave(true))}>
              {t("sign-out.all-the-same")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
