import { Page } from "../../components/page.tsx";
import { StoreFailure } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { WordsForm } from "../frame/words-form.tsx";

/** Asks for the words that open the diary. Says no name and shows nothing of what is inside. */
export function UnlockScreen() {
  const { diary } = useApp();
  const open = async (words: string): Promise<string | null> => {
    try {
      await diary.unlock(words);
      return null;
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      return t(cause.code === "wrong-words" ? "unlock.wrong-words" : "unlock.not-opened");
    }
  };
  return (
    <Page name={t("unlock.title")} top={null}>
      <WordsForm label={t("unlock.words")} type="password" autocomplete="current-password" send={t("unlock.open")} onWords={open} />
    </Page>
  );
}
