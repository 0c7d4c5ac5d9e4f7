import { useState } from "preact/hooks";
import { Button, ButtonLink } from "../../components/button.tsx";
import { CairnPicture } from "../../components/cairn-picture.tsx";
import { Card } from "../../components/card.tsx";
import { Page } from "../../components/page.tsx";
import { isAppleMobile, isStandalone } from "../../shell/install.ts";
import { askToPersist } from "../../shell/persist.ts";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { fetchOthers } from "../fetch-others.ts";
import { useApp } from "../frame/app.ts";
import { ReadBackButton } from "../take-with-me/read-back-button.tsx";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";

/** What this is, and the way in. No account, and no network after this page has come once. */
export function WelcomeScreen() {
  const { diary, go } = useApp();
  const [others, askForWords] = useState<Awaited<ReturnType<typeof fetchOthers>> | null>(null);
  const [trouble, tell] = useState<StoreFailureCode | null>(null);
  const [isBeginning, setBeginning] = useState(false);

  /** Gives whether there is a diary now. */
  const begin = async (make: () => Promise<"begun" | "needs-words">): Promise<boolean> => {
    setBeginning(true);
    try {
      if ((await make()) === "needs-words") {
        askForWords(await fetchOthers().catch(lost));
        return false;
      }
      void askToPersist().catch(() => undefined);
      go("/", { replace: true });
      return true;
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      tell(cause.code);
      return false;
    } finally {
      setBeginning(false);
    }
  };

  if (others !== null) {
    const { beginWithWords, ChooseWords } = others;
    const beginBy = (words: string) => begin(() => beginWithWords(diary, words).then(() => "begun" as const));
    return <ChooseWords onChosen={beginBy} trouble={trouble && t(TROUBLE_WORDS[trouble])} />;
  }
  const fetchReading = () => fetchOthers().then(({ readFileBack }) => readFileBack);
  const readBack = (
    <ReadBackButton label={t("read-back.i-have-one")} fetchReading={fetchReading} begin={() => begin(() => diary.begin())} />
  );
  return (
    <Page name={t("app.name")} layout="welcome" top={null} picture={<CairnPicture />}>
      {location.search === "?signed-out" && <p role="status">{t("welcome.signed-out")}</p>}
      <p class="lead">{t("welcome.lead")}</p>
      <HomeScreenFirst />
      {isFromAppleHomeScreen() && (
        <Card heading={t("read-back.from-safari")}>
          <p>{t("read-back.from-safari-how")}</p>
          {readBack}
        </Card>
      )}
      <div class="stack-close">
        <Button kind="main" isWide isDisabled={isBeginning} onPress={() => void begin(() => diary.begin())}>
          {t("welcome.start")}
        </Button>
        <p role="alert">{trouble !== null && t(TROUBLE_WORDS[trouble])}</p>
        <ButtonLink kind="plain" isWide href="/sign-in">
          {t("welcome.already")}
        </ButtonLink>
        {!isFromAppleHomeScreen() && readBack}
      </div>
      <div class="stack-close small quiet">
        <p>{t("welcome.no-account")}</p>
        <p>{t("app.purpose")}</p>
      </div>
    </Page>
  );
}

function lost(cause: unknown): never {
  throw new StoreFailure("not-kept", { cause });
}

/** On an iPhone or iPad, in a tab: the tab's diary and the home screen's are two, and the tab's may be cleared. */
function HomeScreenFirst() {
  if (isStandalone() || !isOnAppleMobile()) return null;
  return (
    <Card heading={t("welcome.home-screen-first")}>
      <p>{t("welcome.home-screen-why")}</p>
      <p>{t("welcome.home-screen-how")}</p>
    </Card>
  );
}

/** Opened from the home screen of an iPhone or iPad: what was begun in the browser there is not here. */
function isFromAppleHomeScreen(): boolean {
  return isStandalone() && isOnAppleMobile();
}

function isOnAppleMobile(): boolean {
  return isAppleMobile(navigator.userAgent, navigator.maxTouchPoints);
}
