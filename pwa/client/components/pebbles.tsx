import { useId } from "preact/hooks";
import { t } from "../words/index.ts";
import { Answer } from "./answer.tsx";

const RATINGS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

export interface PebblesProps {
  readonly legend: string;
  readonly name: string;
  /** 0 to 10, or `null` while it is blank. */
  readonly chosen: number | null;
  /** Called with `null` when the chosen number is pressed again and so cleared. */
  readonly onChoose: (rating: number | null) => void;
  /** What 0 and what 10 stand for, in a few words each. */
  readonly low: string;
  readonly high: string;
}

/** A rating of 0 to 10, each number a button. Never a slider: a slider needs a fine hand. */
export function Pebbles({ legend, name, chosen, onChoose, low, high }: PebblesProps) {
  const id = useId();
  return (
    <fieldset class="rating" aria-describedby={`${id}-ends ${id}-clear`}>
      <legend class="asked">{legend}</legend>
      <div class="pebbles">
        {RATINGS.map((rating) => (
          <Answer key={rating} look="pebble" name={name} value={rating} chosen={chosen} onChoose={onChoose}>
            {rating}
          </Answer>
        ))}
      </div>
      <p class="rating-ends" id={`${id}-ends`} aria-hidden="true">
        <span>{low}</span> <span>{high}</span>
      </p>
      <p hidden id={`${id}-clear`}>
        {t("choices.clear")}
      </p>
    </fieldset>
  );
}
