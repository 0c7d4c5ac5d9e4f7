import { useRef } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Choices } from "../../components/choices.tsx";
import { Dock } from "../../components/dock.tsx";
import { Field } from "../../components/field.tsx";
import { type Activity, activity } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { activityName } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { useForm } from "../frame/form.ts";
import { partOf } from "../frame/left-in-draft.ts";
import { LetGo } from "../frame/let-go.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { Versions } from "../plans/versions.tsx";
import { type ActivityValues, checkActivity, formOf, valuesOf } from "./activity-values.ts";
import { KIND, UNIT } from "./activity-words.ts";

export interface ActivityFormProps {
  /** The activity to change, or null for a new one. */
  readonly kept: Kept<typeof activity> | null;
  /** What it is so far: nothing, what is there to begin with, or what is kept. */
  readonly beginning: Activity;
}

/** An activity's name, its kind and unit, and how much of it: in the person's own number, or none yet. */
export function ActivityForm({ kept, beginning }: ActivityFormProps) {
  const { diary, settings, toast, go } = useApp();
  // What the person was shown when they began: what arrives meanwhile stays beside what they write.
  const began = useRef({ kept, values: beginning });
  useStage("activity/form");
  const { restMinutes } = settings.value;
  const start = formOf(beginning, restMinutes);
  // A draft of another one that is there to begin with is of another activity.
  const isMine = (left: unknown): boolean => kept !== null || (partOf(left, "preset") ?? "") === start.preset;
  const form = useForm<ActivityValues>(`activity/${kept?.id ?? "new"}`, start, kept, isMine);
  const { values, complaints, set } = form;
  const back = kept === null ? "/plans" : `/plans/activities/${kept.id}`;

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    let id = kept?.id;
    const isSaved = await form.submit(
      (typed) => checkActivity(typed, began.current.values, restMinutes),
      async (typed, options) => {
        const written = valuesOf(typed, began.current.values, restMinutes);
        if (began.current.kept === null) id = await diary.create(activity, written, options);
        else await diary.change(activity, began.current.kept, written, options);
      },
    );
    if (!isSaved) return;
    toast.say(t("activity.kept"));
    go(`/plans/activities/${id}`, { replace: true });
  };

  // What is there to begin with has its name, so that its number comes first.
  const hasName = beginning.preset !== undefined;
  const name = (
    <Field
      label={t("activity.name")}
      hint={t("activity.name-hint")}
      name="name"
      value={values.name}
      onInput={(typed) => set("name", typed)}
      error={complaints.name}
    />
  );

  return (
    <Room
      name={t(kept === null ? "activity.title-new" : "activity.title-change")}
      title={hasName ? activityName(beginning) : undefined}
      back={{ href: back }}
      place="plans"
    >
      <form aria-busy={!form.isReady} class="stack plan-form" onSubmit={(event) => void save(event)}>
        <Versions texts={kept?.texts("name") ?? []} onChoose={(chosen) => set("name", chosen)} field="name" />
        {!hasName && name}
        <Field
          label={t("activity.amount")}
          hint={t("activity.amount-hint")}
          name="amount"
          inputMode="decimal"
          value={values.amount}
          onInput={(amount) => set("amount", amount)}
          error={complaints.amount}
        />
        <Choices
          legend={t("activity.unit")}
          name="unit"
          isKept
          choices={activity.fields.unit.options.map((unit) => ({ value: unit, text: t(UNIT[unit]) }))}
          chosen={values.unit}
          onChoose={(unit) => set("unit", unit ?? values.unit)}
        />
        {values.unit === "own" && (
          <Field
            label={t("activity.unit-name")}
            hint={t("activity.unit-name-hint")}
            name="unit-name"
            value={values.unitName}
            onInput={(unitName) => set("unitName", unitName)}
            error={complaints.unitName}
          />
        )}
        <Field
          label={t("activity.rest")}
          name="rest"
          inputMode="numeric"
          value={values.rest}
          onInput={(rest) => set("rest", rest)}
          error={complaints.rest}
        />
        <Choices
          legend={t("activity.kind")}
          name="kind"
          choices={activity.fields.kind.options.map((kind) => ({ value: kind, text: t(KIND[kind]) }))}
          chosen={values.kind}
          onChoose={(kind) => set("kind", kind)}
        />
        {hasName && name}
        <NotKept
          trouble={form.trouble}
          written={[
            { about: t("activity.name"), words: values.name },
            { about: t("activity.unit-name"), words: values.unitName },
            { about: t("activity.amount"), words: values.amount },
            { about: t("activity.rest"), words: values.rest },
          ]}
        />
        <Dock>
          <Button type="submit" kind="main" isWide isDisabled={form.isSaving}>
            {t("activity.keep")}
          </Button>
        </Dock>
        <LetGo form={form} isChange={kept !== null} onGone={() => go(back, { replace: true })} />
      </form>
    </Room>
  );
}
