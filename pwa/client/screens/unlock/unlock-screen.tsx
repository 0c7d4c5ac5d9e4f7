import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { StoreFailure } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";

/** Asks for the words that open the diary. Says no name and shows nothing of what is inside. */
export function UnlockScreen() {
  const { diary } = useApp();
  const [words, setWords] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const open = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await diary.unlock(words);
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      setError(cause.code === "wrong-words" ? t("unlock.wrong-words") : t("unlock.not-opened"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page name={t("unlock.title")} top={null}>
      <form class="stack" onSubmit={(event) => void open(event)}>
        <Field
          label={t("unlock.words")}
          name="words"
          type="password"
          autocomplete="current-password"
          value={words}
          onInput={(text) => {
            setWords(text);
            setError(null);
          }}
          error={error}
        />
        <Button type="submit" kind="main" isWide isDisabled={isBusy}>
          {t("unlock.open")}
        </Button>
      </form>
    </Page>
  );
}
