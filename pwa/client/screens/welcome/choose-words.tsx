import { Page } from "../../components/page.tsx";
import { t } from "../../words/index.ts";
import { WordsForm } from "../frame/words-form.tsx";

/** Shorter ones are found out by trying. */
const FEWEST_CHARACTERS = 8;

export interface ChooseWordsProps {
  readonly onChosen: (words: string) => Promise<unknown>;
  /** Why no diary could be begun with them, in a sentence. */
  readonly trouble: string | null;
}

/** This browser keeps no key: the person chooses words that open the diary, and sees what they type. */
export function ChooseWords({ onChosen, trouble }: ChooseWordsProps) {
  const choose = async (words: string): Promise<string | null> => {
    if (words.trim().length < FEWEST_CHARACTERS) return t("choose-words.too-short", { count: FEWEST_CHARACTERS });
    await onChosen(words);
    return null;
  };
  return (
    <Page name={t("choose-words.title")} top={null}>
      <div class="stack">
        <p class="lead">{t("choose-words.why")}</p>
        <p>{t("choose-words.private-window")}</p>
      </div>
      <WordsForm label={t("choose-words.words")} hint={t("choose-words.hint")} send={t("choose-words.start")} onWords={choose} />
      <p role="alert">{trouble}</p>
    </Page>
  );
}
