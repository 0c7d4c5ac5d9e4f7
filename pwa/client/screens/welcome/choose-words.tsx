import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { t } from "../../words/index.ts";

/** Shorter ones are found out by trying. */
const FEWEST_CHARACTERS = 8;

export interface ChooseWordsProps {
  readonly onChosen: (words: string) => void;
  readonly isBusy: boolean;
}

/** This browser keeps no key: the person chooses words that open the diary, and sees what they type. */
export function ChooseWords({ onChosen, isBusy }: ChooseWordsProps) {
  const [words, setWords] = useState("");
  const [error, setError] = useState<string | null>(null);
  const choose = (event: Event): void => {
    event.preventDefault();
    if (words.trim().length >= FEWEST_CHARACTERS) onChosen(words);
    else setError(t("choose-words.too-short", { count: FEWEST_CHARACTERS }));
  };
  return (
    <Page name={t("choose-words.title")} top={null}>
      <div class="stack">
        <p class="lead">{t("choose-words.why")}</p>
        <p>{t("choose-words.private-window")}</p>
      </div>
      <form class="stack" onSubmit={choose}>
        <Field
          label={t("choose-words.words")}
          hint={t("choose-words.hint")}
          name="words"
          value={words}
          onInput={(text) => {
            setWords(text);
            setError(null);
          }}
          error={error}
        />
        <Button type="submit" kind="main" isWide isDisabled={isBusy}>
          {t("choose-words.start")}
        </Button>
      </form>
    </Page>
  );
}
