import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { t } from "../../words/index.ts";
import { useAccount } from "../frame/use-account.ts";
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
  switch (account?.standing.value) {
    case "here-only":
      return hasSaidYes ? <WayIn account={account} onBack={() => sayYes(false)} /> : <Consent onYes={() => sayYes(true)} />;
    case "code-waiting":
      return <CodeWaiting account={account} />;
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
  if (groups === null) return <Reading name={t("code.title")} read={async () => show(await account.recoveryCode())} />;
  if (!hasIt) return <RecoveryCode groups={groups} onHaveIt={() => setHasIt(true)} />;
  return <AskBack groups={groups} onRight={() => account.confirmCode()} onShowAgain={() => setHasIt(false)} />;
}
