import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { t } from "../../words/index.ts";
import { useStage } from "../frame/stage.ts";
import { useAccount } from "../frame/use-account.ts";
import { OnceShown } from "../lock/once-shown.tsx";
import { AskBack } from "./ask-back.tsx";
import { Consent } from "./consent.tsx";
import { Kept } from "./kept.tsx";
import { Reading } from "./reading.tsx";
import { RecoveryCode } from "./recovery-code.tsx";
import { WayIn } from "./way-in.tsx";

/** Keeping the diary safe, one thing at a time; and how it stands, once it is. */
export function KeepSafeScreen() {
  const account = useAccount();
  const [hasSaidYes, sayYes] = useState(false);
  useStage(`keep-safe/${account?.standing.value}/${hasSaidYes}`);
  switch (account?.standing.value) {
    case "here-only":
    case "code-waiting":
      // A code that is made and shown here opens the diary for good.
      return (
        <OnceShown page={t("keep-safe.title")}>
          {account.standing.value === "code-waiting" ? (
            <CodeWaiting account={account} />
          ) : hasSaidYes ? (
            <WayIn account={account} onBack={() => sayYes(false)} />
          ) : (
            <Consent onYes={() => sayYes(true)} />
          )}
        </OnceShown>
      );
    case "kept":
      return <Kept account={account} />;
    default:
      return <Reading name={t("keep-safe.title")} read={account && (() => account.look())} />;
  }
}

/** There is an account, but its code was not asked back: until then the diary counts as on this phone only. */
function CodeWaiting({ account }: { readonly account: Account }) {
  const [groups, show] = useState<readonly string[] | null>(null);
  const [hasIt, setHasIt] = useState(false);
  useStage(`keep-safe/code/${groups === null ? "reading" : hasIt}`);
  if (groups === null) return <Reading name={t("code.title")} read={async () => show(await account.recoveryCode())} />;
  if (!hasIt) {
    const signsInOnly = account.hasPasskey.value && !account.opensByPasskey.value;
    return <RecoveryCode groups={groups} onHaveIt={() => setHasIt(true)} {...(signsInOnly && { passkey: t("code.passkey-signs-in") })} />;
  }
  return <AskBack groups={groups} onRight={() => account.confirmCode()} onShowAgain={() => setHasIt(false)} />;
}
