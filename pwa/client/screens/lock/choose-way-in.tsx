import { lockWithPasskey } from "../../account/unlock.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Section } from "../../components/section.tsx";
import { StoreFailure } from "../../store/failures.ts";
import { type DoorHere, lockWith } from "../../store/lock.ts";
import { slotsForWords } from "../../store/words-door.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { tooShort } from "../frame/chosen-words.ts";
import { useAccount } from "../frame/use-account.ts";
import { WordsForm } from "../frame/words-form.tsx";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";

export interface ChooseWayInProps {
  readonly door: DoorHere;
  readonly minutes: number | null;
  /** The app is locked with it from now on. */
  readonly onChosen: () => Promise<void>;
}

/** What will open the diary: a passkey that opens it elsewhere too, or words of one's own. What cannot be brought back is said first. */
export function ChooseWayIn({ door, minutes, onChosen }: ChooseWayInProps) {
  const { diary, toast } = useApp();
  const account = useAccount();
  const { isBusy, trouble, run } = useBusy();
  if (account === null) return null;
  const isKept = account.standing.value === "kept";
  const hasPasskey = isKept && account.hasPasskeys && account.opensByPasskey.value && door.hasRoll;
  const isChosen = async (): Promise<void> => {
    toast.say(t("lock.is-on"));
    await onChosen();
  };
  const withWords = async (words: string): Promise<string | null> => {
    const complaint = tooShort(words);
    if (complaint !== null) return complaint;
    try {
      const slotFor = await slotsForWords(words);
      await lockWith(diary, { minutes, slotFor, again: slotFor });
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      return t("settings.not-kept", { why: t(TROUBLE_WORDS[cause.code]) });
    }
    await isChosen();
    return null;
  };
  const withPasskey = async (): Promise<void> => {
    await lockWithPasskey(diary, minutes);
    await isChosen();
  };
  return (
    <>
      {door.hasRoll && <p>{t(isKept ? "lock.code-too" : "lock.old-code-too")}</p>}
      {!isKept && <NoWayBack />}
      {hasPasskey && (
        <Section heading={t("lock.with-passkey")}>
          <Button kind="main" isWide icon="lock" isDisabled={isBusy} onPress={() => void run(withPasskey)}>
            {t("show-who.passkey")}
          </Button>
          <p role="alert">{trouble}</p>
        </Section>
      )}
      <Section heading={t("lock.with-words")}>
        <WordsForm
          label={t("choose-words.words")}
          hint={t("lock.words-hint")}
          send={t("lock.use-words")}
          isBeside={hasPasskey}
          onWords={withWords}
        />
      </Section>
    </>
  );
}

/** Without an account there is nothing that opens what forgotten words closed. */
function NoWayBack() {
  return (
    <Card heading={t("lock.first")}>
      <p>{t("lock.no-way-back")}</p>
      <div class="stack-close">
        <ButtonLink isWide href="/take-with-me">
          {t("take-with-me.title")}
        </ButtonLink>
        <ButtonLink kind="bare" isWide href="/keep-safe">
          {t("keep-safe.title")}
        </ButtonLink>
      </div>
    </Card>
  );
}
