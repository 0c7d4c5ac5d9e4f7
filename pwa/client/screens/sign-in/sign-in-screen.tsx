import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import type { There } from "../../account/join-here.ts";
import type { Way } from "../../account/way.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Fold } from "../../components/fold.tsx";
import { askToPersist } from "../../shell/persist.ts";
import { t } from "../../words/index.ts";
import { ChooseWordsHere } from "../choose-words/choose-words.tsx";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { useStage } from "../frame/stage.ts";
import { useAccount } from "../frame/use-account.ts";
import { OpenPage } from "../help/open-page.tsx";
import { Reading } from "../keep-safe/reading.tsx";
import { OnceShown } from "../lock/once-shown.tsx";
import { IsItYours } from "./is-it-yours.tsx";

/** Brings a diary here that is kept safe already. Where one was begun here, both become one. */
export function SignInScreen() {
  const { diary } = useApp();
  const account = useAccount();
  // Standing here before there is a diary, and still here for a moment after.
  const [hadNone] = useState(diary.phase.value !== "open");
  if (!hadNone && (account?.standing.value ?? null) === null) {
    return <Reading name={t("sign-in.title")} read={account && (() => account.look())} />;
  }
  return (
    <OpenPage name={t("sign-in.title")} under={t("sign-in.why")} back={{ href: "/" }}>
      {account !== null && (hadNone ? <BringHere account={account} /> : <Join account={account} />)}
    </OpenPage>
  );
}

function BringHere({ account }: { readonly account: Account }) {
  const { go } = useApp();
  const [answer, wait] = useState<((words: string) => void) | null>(null);
  const askForWords = (): Promise<string> => new Promise((resolve) => wait(() => resolve));
  const bring = async (way: Way): Promise<boolean> => {
    if ((await account.bringHere(way, askForWords)) === "needs-code") return false;
    void askToPersist().catch(() => undefined);
    go("/", { replace: true });
    return true;
  };
  const choose = async (words: string): Promise<void> => {
    wait(null);
    answer?.(words);
  };
  return (
    <>
      {answer !== null && <ChooseWordsHere onChosen={choose} trouble={null} />}
      {/* It stays where it is: what comes of it is said there. */}
      <div hidden={answer !== null}>
        <Asking account={account} onWay={bring} />
        <Fold summary={t("sign-in.neither")}>
          <p>{t("sign-in.neither-nobody")}</p>
          <p>{t("sign-in.neither-look")}</p>
        </Fold>
      </div>
    </>
  );
}

function Join({ account }: { readonly account: Account }) {
  const standing = account.standing.value;
  const [asked, ask] = useState<Asked | null>(null);
  useStage(`sign-in/${asked !== null}`);
  // Whoever leaves has not said yes.
  useEffect(() => () => asked?.answer(false), [asked]);
  const mayJoin = (there: There): Promise<boolean> =>
    new Promise((resolve) =>
      ask({
        there,
        answer: (isYes) => {
          ask(null);
          resolve(isYes);
        },
      }),
    );
  const join = async (way: Way): Promise<boolean> => {
    const joined = await account.joinHere(way, mayJoin);
    if (joined === "needs-code") return false;
    if (joined === "left") return true;
    // A code that nobody was shown is shown next.
    location.replace(joined === "code-waiting" ? "/keep-safe" : "/");
    return true;
  };
  if (standing === "here-only") {
    return (
      <>
        {asked !== null && <IsItYours there={asked.there} onAnswer={asked.answer} />}
        {/* It stays where it is: what comes of it is said there. */}
        <div hidden={asked !== null}>
          <div class="stack">
            <p>{t("sign-in.begun")}</p>
            <p>{t("sign-in.begun-joined")}</p>
            <OnceShown>
              <Asking account={account} onWay={join} />
              {account.isTaken && <NewPlace account={account} />}
            </OnceShown>
          </div>
        </div>
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

interface Asked {
  readonly there: There;
  readonly answer: (isYes: boolean) => void;
}

/** Nobody here opens the account that has this diary's place. */
function NewPlace({ account }: { readonly account: Account }) {
  const { isBusy, trouble, run } = useBusy();
  const take = async (): Promise<void> => {
    await account.takeNewPlace();
    location.replace("/keep-safe");
  };
  return (
    <Fold summary={t("sign-in.taken")}>
      <p>{t("sign-in.taken-new")}</p>
      <p>{t("sign-in.taken-others")}</p>
      <p role="alert">{trouble}</p>
      <Button isWide isDisabled={isBusy} onPress={() => void run(take)}>
        {t("sign-in.new-place")}
      </Button>
    </Fold>
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
