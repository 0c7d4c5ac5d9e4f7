import { useState } from "preact/hooks";
import { t } from "../words/index.ts";
import { Button } from "./button.tsx";
import { Words } from "./words.tsx";

export interface TextVersion {
  /** Tells one version from the others; it is not shown. */
  readonly key: string;
  readonly text: string;
  /** When it was written, in words. */
  readonly when: string;
}

export interface TextVersionsProps {
  /** All versions, the newest first; two or more. */
  readonly versions: readonly TextVersion[];
  readonly onChoose: (key: string) => void;
  /** The name of the field that takes the chosen words, where they stand in a form: one is led there, and sees them in it. */
  readonly field?: string | undefined;
}

/** One text that was written differently in two places: every version beneath the other, to choose from. */
export function TextVersions({ versions, onChoose, field }: TextVersionsProps) {
  const [isChosen, setChosen] = useState(false);
  const choose = (key: string): void => {
    onChoose(key);
    setChosen(true);
    if (field !== undefined) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[name="${field}"]`)?.focus());
  };
  return (
    <div class="text-versions">
      <p class="quiet">{t("text-versions.why")}</p>
      {versions.map(({ key, text, when }, index) => (
        <div key={key} class="text-version">
          <Words>{text}</Words>
          <p class="row-note">{when}</p>
          <Button
            onPress={() => choose(key)}
            label={t(field ? "text-versions.use-of" : "text-versions.choose-of", { when, at: index + 1, of: versions.length })}
          >
            {t(field ? "text-versions.use" : "text-versions.choose")}
          </Button>
        </div>
      ))}
      {field && <p role="status">{isChosen && t("text-versions.then-keep")}</p>}
    </div>
  );
}
