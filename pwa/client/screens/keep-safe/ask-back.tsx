import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import type { Back } from "../../components/top-bar.tsx";
import { t } from "../../words/index.ts";
import { useBusy } from "../frame/busy.ts";
import { Room } from "../frame/room.tsx";
import { asWritten, twoOf } from "./groups.ts";
import { TO_MORE } from "./ways-back.ts";

export interface AskBackProps {
  readonly groups: readonly string[];
  readonly onRight: () => Promise<void>;
  readonly onShowAgain: () => void;
  /** Where going back leads. */
  readonly back?: Back;
}

/** Asks two groups of the code back, so that nobody relies on a code that is not on paper. */
export function AskBack({ groups, onRight, onShowAgain, back = TO_MORE }: AskBackProps) {
  const [asked] = useState(() => twoOf(groups.length, Math.random));
  const [typed, type] = useState<Readonly<Record<number, string>>>({});
  const [isChecked, check] = useState(false);
  const { isBusy, trouble, run } = useBusy();
  const isRight = (index: number): boolean => asWritten(typed[index] ?? "") === groups[index];
  const complaint = (index: number): string =>
    t(asWritten(typed[index] ?? "") === "" ? "ask-back.blank" : "ask-back.another", { at: index + 1 });
  const submit = (event: Event): void => {
    event.preventDefault();
    check(true);
    if (asked.every(isRight)) void run(onRight);
    else requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <Room name={t("ask-back.title")} under={t("ask-back.why")} back={back}>
      <form class="stack" onSubmit={submit}>
        {asked.map((index) => (
          <Field
            key={index}
            name={`group-${index + 1}`}
            isCode
            label={t("ask-back.group", { at: index + 1, of: groups.length })}
            value={typed[index] ?? ""}
            onInput={(text) => {
              check(false);
              type((before) => ({ ...before, [index]: text }));
            }}
            error={isChecked && !isRight(index) ? complaint(index) : null}
          />
        ))}
        <p role="alert">{trouble}</p>
        <div class="stack-close">
          <Button type="submit" kind="main" isWide isDisabled={isBusy}>
            {t("ask-back.done")}
          </Button>
          <Button kind="bare" isWide onPress={onShowAgain}>
            {t("ask-back.show-again")}
          </Button>
        </div>
      </form>
    </Room>
  );
}
