import { useState } from "preact/hooks";
import type { Way } from "../../account/way.ts";
import { Button } from "../../components/button.tsx";
import { StoreFailure } from "../../store/failures.ts";
import type { DoorHere } from "../../store/lock.ts";
import { t } from "../../words/index.ts";
import { ShowWho } from "../frame/show-who.tsx";
import { WordsForm } from "../frame/words-form.tsx";

export interface AskWayInProps {
  readonly door: DoorHere;
  /** What the button below the words says. */
  readonly send: string;
  readonly onWords: (words: string) => Promise<unknown>;
  readonly onWay: (way: Way) => Promise<unknown>;
}

/** Asks for what opens the diary here: its passkey or its words, and where the roll is here, the recovery code as well. */
export function AskWayIn({ door, send, onWords, onWay }: AskWayInProps) {
  const [hasForgotten, forget] = useState(false);
  if (door.slot.kind === "passkey") return <ShowWho hasPasskeys onWay={onWay} />;
  const open = async (words: string): Promise<string | null> => {
    try {
      await onWords(words);
      return null;
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      return t(cause.code === "wrong-words" ? "unlock.wrong-words" : "unlock.not-opened");
    }
  };
  return (
    <>
      <WordsForm label={t("unlock.words")} type="password" autocomplete="current-password" send={send} onWords={open} />
      {door.hasRoll && !hasForgotten && (
        <Button kind="bare" isWide onPress={() => forget(true)}>
          {t("unlock.forgotten")}
        </Button>
      )}
      {hasForgotten && <ShowWho hasPasskeys={false} onWay={onWay} />}
    </>
  );
}
