import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../words/index.ts";
import { Answer } from "./answer.tsx";

const SHAPES = { row: "choices", wide: "choices choices-wide", tall: "choices choices-tall", low: "choices" } as const;

export interface Choice<V extends string | number> {
  readonly value: V;
  readonly text: string;
  /** Before the text, in the large choices of the rough day. */
  readonly picture?: ComponentChildren;
}

export interface ChoicesProps<V extends string | number> {
  readonly legend: string;
  /** The legend is heard, not seen: the title above already asks. */
  readonly isLegendHidden?: boolean | undefined;
  readonly name: string;
  readonly choices: readonly Choice<V>[];
  readonly chosen: V | null;
  /** Called with `null` when the chosen one is pressed again and so cleared. */
  readonly onChoose: (value: V | null) => void;
  /** `row` stands side by side, `wide` with more room each, `tall` beneath each other, `low` large for the rough day. */
  readonly shape?: keyof typeof SHAPES | undefined;
  /** In the colour of rest and bad days. */
  readonly isRest?: boolean | undefined;
  /** One is always chosen; pressing it again changes nothing. */
  readonly isKept?: boolean | undefined;
  readonly hint?: ComponentChildren;
}

/** One of a few answers, each a button of its own. */
export function Choices<V extends string | number>(props: ChoicesProps<V>) {
  const { legend, isLegendHidden, name, choices, chosen, onChoose, shape = "row", isRest, isKept, hint } = props;
  const id = useId();
  const look = ["choice", isRest && "choice-rest", shape === "low" && "low-choice"].filter(Boolean).join(" ");
  return (
    <fieldset
      class={SHAPES[shape]}
      aria-describedby={[hint && `${id}-hint`, !isKept && `${id}-clear`].filter(Boolean).join(" ") || undefined}
    >
      <legend class={isLegendHidden ? "heard-only" : "asked"}>{legend}</legend>
      <div class={shape === "low" ? "low-choices" : "choices-list"}>
        {choices.map(({ value, text, picture }) => (
          <Answer key={value} look={look} name={name} value={value} chosen={chosen} onChoose={onChoose} isKept={isKept}>
            {picture}
            {text}
          </Answer>
        ))}
      </div>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {!isKept && (
        <p hidden id={`${id}-clear`}>
          {t("choices.clear")}
        </p>
      )}
    </fieldset>
  );
}
