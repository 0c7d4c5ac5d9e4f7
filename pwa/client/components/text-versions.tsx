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
}

/** One text that was written differently in two places: every version beneath the other, to choose from. */
export function TextVersions({ versions, onChoose }: TextVersionsProps) {
  return (
    <div class="text-versions">
      <p class="quiet">{t("text-versions.why")}</p>
      {versions.map(({ key, text, when }, i) => (
        <div key={key} class="text-version">
          <Words>{text}</Words>
          <p class="row-note">{when}</p>
          <Button onPress={() => onChoose(key)} label={t("text-versions.choose-of", { number: i + 1, when })}>
            {t("text-versions.choose")}
          </Button>
        </div>
      ))}
    </div>
  );
}
