import { Button } from "../../components/button.tsx";
import type { StoreFailureCode } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";
import { saveFile } from "./save-file.ts";

const WHY: Record<StoreFailureCode, Key> = {
  unavailable: "not-kept.unavailable",
  "later-version": "not-kept.later-version",
  full: "not-kept.full",
  gone: "not-kept.gone",
  "not-kept": "not-kept.not-kept",
  "wrong-words": "not-kept.not-kept",
  "no-key": "not-kept.not-kept",
  refused: "not-kept.refused",
};

export interface NotKeptProps {
  readonly trouble: StoreFailureCode | null;
  /** What was typed, as the file is to have it: what it is about, and the words. */
  readonly written: readonly { readonly about: string; readonly words: string }[];
}

/** Says that something could not be saved and why. What was typed stays above it; here it can be saved to a file. */
export function NotKept({ trouble, written }: NotKeptProps) {
  const words = written.filter((part) => part.words.trim() !== "");
  return (
    <div role="alert">
      {trouble !== null && (
        <div class="not-kept">
          <p>{t("not-kept.lead")}</p>
          <p>{t(WHY[trouble])}</p>
          {words.length > 0 && (
            <Button icon="copy" onPress={() => saveFile("cairn.txt", "text/plain", asText(words))}>
              {t("not-kept.save")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function asText(parts: NotKeptProps["written"]): string {
  return parts.map(({ about, words }) => `${about}\n${words}\n`).join("\n");
}
