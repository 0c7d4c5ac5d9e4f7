import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import type { Way } from "../../account/way.ts";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { askToPersist } from "../../shell/persist.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { useAccount } from "../frame/use-account.ts";
import { OpenPage } from "../help/open-page.tsx";

/** Brings a diary here that is kept safe already. Where one was begun here, both become one. */
export function SignInScreen() {
  const { diary } = useApp();
  const account = useAccount();
  // Standing here before there is a diary, and still here for a moment after.
  const [hadNone] = useState(diary.phase.value !== "open");
  return (
    <OpenPage name={t("sign-in.title")} under={t("sign-in.why")} back={{ href: "/" }}>
      {account !== null && (hadNone ? <BringHere account={account} /> : <Join account={account} />)}
    </OpenPage>
  );
}

function BringHere({ account }: { readonly account: Account }) {
  const { go } = useApp();
  const bring = async (way: Way): Promise<boolean> => {
    if ((await account.bringHere(way)) === "needs-code") return false;
    void askToPersist().catch(() => undefined);
    go("/", { replace: true });
    return true;
  };
  return <Asking account={account} onWay={bring} />;
}

function Join({ account }: { readonly account: Account }) {
  const standing = account.standing.value;
  const join = async (way: Way): Promise<boolean> => {
    if ((await account.joinHere(way)) === "needs-code") return false;
    location.replace("/");
    return true;
  };
  if (standing === null) return null;
  if (standing === "here-only") {
    return (
      <>
        <div class="stack">
          <p>{t("sign-in.begun")}</p>
          <p>{t("sign-in.begun-joined")}</p>
        </div>
        <Asking account={account} onWay={join} />
      </>
    );
  }
  return (
    <EmptyState text={t("sign-in.kept-already")}>
      <ButtonLink kind="plain" href="/keep-safe">
        {t("keep-safe.title")}
      </ButtonLink>
    </EmptyState>
  );
}

interface AskingProps {
  readonly account: Account;
  /** Gives false where what was shown opens nothing, and the code is needed. */
  readonly onWay: (way: Way) => Promise<boolean>;
}

function Asking({ account, onWay }: AskingProps) {
  const [needsCode, askForCode] = useState(false);
  return (
    <>
      {needsCode && <p role="alert">{t("sign-in.needs-code")}</p>}
      <ShowWho hasPasskeys={account.hasPasskeys && !needsCode} onWay={async (way) => askForCode(!(await onWay(way)))} />
    </>
  );
}
