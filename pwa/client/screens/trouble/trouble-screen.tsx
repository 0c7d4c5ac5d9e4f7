import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import type { StoreFailureCode } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";

/** What each trouble with the phone's storage is called, when the diary cannot be opened or begun. */
export const TROUBLE_WORDS: Record<StoreFailureCode, Key> = {
  unavailable: "trouble.unavailable",
  "later-version": "trouble.later-version",
  full: "trouble.full",
  gone: "trouble.gone",
  "not-kept": "trouble.not-kept",
  "wrong-words": "unlock.wrong-words",
  "no-key": "trouble.no-key",
  refused: "trouble.not-kept",
};

/** The diary cannot be opened: why, and what may help. Nothing of it is changed. */
export function TroubleScreen() {
  const { diary } = useApp();
  return (
    <Page name={t("trouble.title")} top={null}>
      <div class="stack">
        <p class="lead">{t(TROUBLE_WORDS[diary.trouble.value ?? "unavailable"])}</p>
        <p>{t("trouble.nothing-changed")}</p>
        <Button kind="main" isWide onPress={() => void diary.open()}>
          {t("trouble.try-again")}
        </Button>
      </div>
    </Page>
  );
}
