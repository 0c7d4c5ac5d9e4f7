import { Page } from "../../components/page.tsx";
import { t } from "../../words/index.ts";
import { tooShort } from "../frame/chosen-words.ts";
import { WordsForm } from "../frame/words-form.tsx";

export interface ChooseWordsProps {
  readonly onChosen: (words: string) => Promise<unknown>;
  /** Why no diary could be begun with them, in a sentence. */
  readonly trouble: string | null;
}

/** This browser keeps no key: the person chooses words that open the diary, and sees what they type. */
export function ChooseWords(props: ChooseWordsProps) {
  return (
    <Page name={t("choose-words.title")} top={null}>
      <ChooseWordsHere {...props} />
    </Page>
  );
}

/** The same as a part of a page. */
export function ChooseWordsHere({ onChosen, trouble }: ChooseWordsProps) {
  const choose = async (words: string): Promise<string | null> => {
    const complaint = tooShort(words);
    if (complaint !== null) return complaint;
    await onChosen(words);
    return null;
  };
  return (
    <>
      <div class="stack">
        <p class="lead">{t("choose-words.why")}</p>
        <p>{t("choose-words.private-window")}</p>
      </div>
      <WordsForm label={t("choose-words.words")} hint={t("choose-words.hint")} send={t("choose-words.start")} onWords={choose} />
      <p role="alert">{trouble}</p>
    </>
  );
}
