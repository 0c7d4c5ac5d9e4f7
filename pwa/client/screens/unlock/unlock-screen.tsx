import { unlock } from "../../account/unlock.ts";
import type { Way } from "../../account/way.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { firstPlace } from "../../domain/rough-day.ts";
import { unlockWithWords } from "../../store/words-door.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { AskWayIn } from "../lock/ask-way-in.tsx";
import { useDoor } from "../lock/use-door.ts";
import { followLock } from "../lock/watch.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";

/** Asks for what opens the diary. Says no name and shows nothing of what is inside. */
export function UnlockScreen() {
  const app = useApp();
  const { diary, settings, toast, go } = app;
  const { door, trouble, look } = useDoor();
  const isOpen = (): void => {
    followLock(app);
    // On a rough day its screen opens first.
    if (location.pathname === "/" && firstPlace(settings.peek()) === "rough-day") go("/rough-day", { replace: true });
  };
  const openBy = async (way: Way): Promise<void> => {
    await unlock(diary, way);
    isOpen();
    const hasForgotten = way.kind === "code" && door?.slot.kind === "passphrase";
    if (hasForgotten) toast.say(t("unlock.by-code"), undefined, { href: "/settings/lock", text: t("lock.title") });
  };
  return (
    <Page name={t("unlock.title")} top={null}>
      {door !== null && (
        <AskWayIn
          door={door}
          send={t("unlock.open")}
          onWords={async (words) => {
            await unlockWithWords(diary, words);
            isOpen();
          }}
          onWay={openBy}
        />
      )}
      <p role="alert">{trouble !== null && t(TROUBLE_WORDS[trouble])}</p>
      {trouble !== null && (
        <Button kind="main" isWide onPress={() => void look()}>
          {t("trouble.try-again")}
        </Button>
      )}
    </Page>
  );
}
