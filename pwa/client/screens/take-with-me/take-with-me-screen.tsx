import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Section } from "../../components/section.tsx";
import { isAppleMobile } from "../../shell/install.ts";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import { saveToText } from "../../store/file.ts";
import { t } from "../../words/index.ts";
import { BegunLines } from "../drafts/begun-lines.tsx";
import { useApp } from "../frame/app.ts";
import { dayAsSaid } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { WhereItLives } from "../frame/where-it-lives.tsx";
import { OnceShown } from "../lock/once-shown.tsx";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";
import { useLastCopy } from "./last-copy.ts";
import { ReadBackButton } from "./read-back-button.tsx";
import { readFileBack } from "./reading-back.ts";
import { handOver } from "./save-copy.ts";

/** Everything in one file, to keep or to carry to another phone; and such a file read back. */
export function TakeWithMeScreen() {
  return (
    <Room name={t("take-with-me.title")} under={t("take-with-me.what")} back={{ href: "/more" }}>
      <SaveCopy />
      <Section heading={t("read-back.title")}>
        <p>{t("read-back.what")}</p>
        <ReadBackButton label={t("read-back.choose")} fetchReading={async () => readFileBack} />
      </Section>
      <WhereItLives />
    </Room>
  );
}

function SaveCopy() {
  const { diary, clock, toast } = useApp();
  const [isMaking, setMaking] = useState(false);
  const [trouble, tell] = useState<StoreFailureCode | null>(null);
  const [lastCopy, noteCopy] = useLastCopy();

  const save = async (): Promise<void> => {
    setMaking(true);
    tell(null);
    try {
      const content = await saveToText(diary, new Date(clock.now()).toISOString());
      const { day } = clock.moment();
      const name = `cairn-${day}.json`;
      if (!(await handOver(name, content))) return;
      noteCopy(day);
      const isApple = isAppleMobile(navigator.userAgent, navigator.maxTouchPoints);
      toast.say(t(isApple ? "take-with-me.saved-apple" : "take-with-me.saved", { name }));
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      tell(cause.code);
    } finally {
      setMaking(false);
    }
  };

  return (
    <Card heading={t("take-with-me.copy")}>
      <p>{t("take-with-me.all")}</p>
      <p>{t("take-with-me.not-sealed")}</p>
      <BegunLines isSaving />
      <OnceShown>
        <Button kind="main" isWide icon="copy" isDisabled={isMaking} onPress={() => void save()}>
          {isMaking ? t("take-with-me.making") : t("take-with-me.save")}
        </Button>
      </OnceShown>
      {lastCopy && <p class="quiet">{t("take-with-me.last-copy", { day: dayAsSaid(lastCopy, clock.today.value) })}</p>}
      {trouble !== null && <p role="alert">{t(TROUBLE_WORDS[trouble])}</p>}
    </Card>
  );
}
