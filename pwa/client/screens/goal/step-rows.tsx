import { ListRow, Rows } from "../../components/rows.tsx";
import { step } from "../../domain/record-types.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Versions } from "../plans/versions.tsx";
import { type KeptStep, STEP } from "./step-words.ts";

export interface StepRowsProps {
  /** In their order. */
  readonly steps: readonly KeptStep[];
  readonly next: KeptStep | undefined;
  readonly onOpen: (id: string) => void;
}

/** The steps of a goal, each with how it went; one opens to say so. */
export function StepRows({ steps, next, onOpen }: StepRowsProps) {
  const { diary } = useApp();
  return (
    <Rows isOrdered>
      {steps.map((kept) => (
        <ListRow
          key={kept.id}
          onPress={() => onOpen(kept.id)}
          mark={kept.values.state === undefined ? "open" : STEP[kept.values.state].mark}
          text={kept.values.words ?? t("step.no-words")}
          isWords
          note={noteOf(kept, kept.id === next?.id)}
        >
          <Versions texts={kept.texts("words")} onChoose={(words) => diary.change(step, kept, { words })} />
          <Versions texts={kept.texts("note")} onChoose={(note) => diary.change(step, kept, { note })} />
        </ListRow>
      ))}
    </Rows>
  );
}

function noteOf({ values: { state, note } }: KeptStep, isNext: boolean): string | undefined {
  const stands = state === undefined ? undefined : t(STEP[state].text);
  if (stands === undefined) return isNext ? t("step.next") : undefined;
  return note === undefined ? stands : t("step.state-and-note", { state: stands, note });
}
