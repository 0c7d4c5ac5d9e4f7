import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { useAccount } from "../frame/use-account.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";
import { ChangeLock } from "./change-lock.tsx";
import { lockInWords } from "./lock-in-words.ts";
import { ShowWayIn } from "./show-way-in.tsx";
import { TurnOn } from "./turn-on.tsx";
import { useDoor } from "./use-door.ts";
import { lockNow, lookAtLock } from "./watch.ts";

/** Whether the app locks on this phone, after which time, and what opens it. */
export function LockScreen() {
  const app = useApp();
  const { door, trouble, look } = useDoor();
  const [isAsking, ask] = useState(false);
  const [isProven, prove] = useState(false);
  const isKept = useAccount()?.standing.value === "kept";
  const showAnew = async (): Promise<void> => {
    await lookAtLock(app);
    await look();
    ask(false);
    prove(false);
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  return (
    <Room name={t("lock.title")} under={t("lock.what")} back={{ href: "/settings" }}>
      {door?.slot.kind === "device" && <TurnOn door={door} onLocked={showAnew} />}
      {door !== null && door.slot.kind !== "device" && !isAsking && (
        <>
          <Card heading={lockInWords(door.minutes)}>
            <p>{t(door.slot.kind === "passkey" ? "lock.by-passkey" : "lock.by-words")}</p>
            {door.hasRoll && <p>{t(isKept ? "lock.code-too" : "lock.old-code-too")}</p>}
            {!isKept && door.slot.kind === "passphrase" && <p>{t("lock.no-way-back")}</p>}
            <div class="stack-close">
              <Button kind="main" isWide icon="lock" onPress={() => void lockNow(app)}>
                {t("lock.now")}
              </Button>
              <Button isWide onPress={() => ask(true)}>
                {t("lock.change")}
              </Button>
            </div>
          </Card>
          <p class="quiet">{t("lock.each-start")}</p>
        </>
      )}
      {door !== null && isAsking && !isProven && (
        <>
          <p>{t("lock.ask-first")}</p>
          <ShowWayIn onShown={() => prove(true)} />
        </>
      )}
      {door !== null && isProven && <ChangeLock door={door} onChanged={showAnew} />}
      <p role="alert">{trouble !== null && t(TROUBLE_WORDS[trouble])}</p>
    </Room>
  );
}
