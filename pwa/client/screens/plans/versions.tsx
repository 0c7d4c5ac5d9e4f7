import { TextVersions } from "../../components/text-versions.tsx";
import type { TextVersion } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { momentInWords } from "../frame/dates.ts";
import { isKept } from "./is-kept.ts";

export interface VersionsProps {
  readonly texts: readonly TextVersion[];
  /** Take these words: into a form, or at once into the diary. */
  readonly onChoose: (text: string) => void | Promise<void>;
  /** The field that takes them, where that is in a form. */
  readonly field?: string;
}

/** A text that was written differently in two places, to choose from; nothing where there is one. */
export function Versions({ texts, onChoose, field }: VersionsProps) {
  const { toast, clock } = useApp();
  if (texts.length < 2) return null;
  const choose = async (text: string): Promise<void> => {
    if (!(await isKept(Promise.resolve(onChoose(text))))) toast.say(t("plans.not-kept"));
    else if (field === undefined) toast.say(t("text-versions.kept"));
  };
  return (
    <TextVersions
      versions={texts.map(({ text, at }) => ({ key: text, text, when: momentInWords(at, clock.today.value) }))}
      onChoose={(text) => void choose(text)}
      field={field}
    />
  );
}
