import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import type { NewCode } from "../../account/note.ts";
import type { Way } from "../../account/way.ts";
import { Button } from "../../components/button.tsx";
import { type Key, t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { useAccount } from "../frame/use-account.ts";
import { AskBack } from "./ask-back.tsx";
import { OnlyWhenKept } from "./only-when-kept.tsx";
import { RecoveryCode } from "./recovery-code.tsx";
import { TO_KEPT } from "./ways-back.ts";

/** A new recovery code: for whoever shows who they are it is made, shown, asked back, and only then brought into force. */
export function NewCodeScreen() {
  const account = useAccount();
  const [isProven, prove] = useState(false);
  const [hasIt, setHasIt] = useState(false);
  const { isBusy, trouble, run } = useBusy();
  const waiting = account?.newCode.value ?? null;
  const onMade = (): void => {
    setHasIt(false);
    prove(true);
  };
  if (account === null || waiting === null || waiting.isOnPaper || !isProven) {
    return (
      <OnlyWhenKept name={t("new-code.title")}>
        {(kept) =>
          waiting === null ? <Begin account={kept} onMade={onMade} /> : <GoOn account={kept} waiting={waiting} onMade={onMade} />
        }
      </OnlyWhenKept>
    );
  }
  const groups = waiting.code.split("-");
  if (hasIt) {
    return <AskBack groups={groups} back={TO_KEPT} onRight={() => account.newCodeIsOnPaper()} onShowAgain={() => setHasIt(false)} />;
  }
  return (
    <RecoveryCode
      groups={groups}
      under={t(waiting.mayCount ? "new-code.keep-all" : "new-code.not-yet")}
      back={TO_KEPT}
      onHaveIt={() => setHasIt(true)}
    >
      {!waiting.mayCount && (
        <Button kind="bare" isWide isDisabled={isBusy} onPress={() => void run(() => account.dropNewCode())}>
          {t("new-code.keep-old")}
        </Button>
      )}
      <p role="alert">{trouble}</p>
    </RecoveryCode>
  );
}

interface BeginProps {
  readonly account: Account;
  readonly onMade: () => void;
}

function Begin({ account, onMade }: BeginProps) {
  return (
    <>
      <div class="stack">
        <p>{t("new-code.why")}</p>
        <p>{t("new-code.old")}</p>
        <p>{t("new-code.first-who")}</p>
      </div>
      <ShowWho hasPasskeys={account.hasPasskeys} onWay={(way) => account.makeNewCode(way).then(onMade)} />
    </>
  );
}

/** What may be done with a code that waits: see it, have it count, make another, or throw it away. */
type Step = "see" | "count" | "another" | "old";

const SAYS: Readonly<Record<Step, readonly Key[]>> = {
  see: ["new-code.waits"],
  count: ["new-code.keep-both", "new-code.who"],
  another: ["new-code.another-who", "new-code.keep-all"],
  old: ["new-code.old-who"],
};

/** For whoever comes upon a code that waits, which somebody else may have made. Each step asks who they are. */
function GoOn({ account, waiting: { isOnPaper, mayCount }, onMade }: BeginProps & { readonly waiting: NewCode }) {
  const { go, toast } = useApp();
  const [chosen, choose] = useState<Step | null>(null);
  const step = chosen ?? (isOnPaper ? "count" : "see");
  const take: Readonly<Record<Step, (way: Way) => Promise<void>>> = {
    see: (way) => account.makeNewCode(way).then(onMade),
    count: async (way) => {
      await account.bringCodeIntoForce(way);
      go("/keep-safe", { replace: true });
      toast.say(t("new-code.done"));
    },
    another: (way) => account.makeAnotherCode(way).then(onMade),
    old: (way) => account.letGoOfNewCode(way),
  };
  return (
    <>
      <div class="stack">
        {SAYS[step].map((key) => (
          <p key={key}>{t(key)}</p>
        ))}
      </div>
      <ShowWho key={step} hasPasskeys={account.hasPasskeys} onWay={take[step]} />
      <div class="stack-close">
        {chosen === null ? (
          <>
            <Button isWide onPress={() => choose("another")}>
              {t("new-code.another")}
            </Button>
            {!mayCount && (
              <Button kind="bare" isWide onPress={() => choose("old")}>
                {t("new-code.keep-old")}
              </Button>
            )}
          </>
        ) : (
          <Button kind="bare" isWide onPress={() => choose(null)}>
            {t("consent.not-now")}
          </Button>
        )}
      </div>
    </>
  );
}
