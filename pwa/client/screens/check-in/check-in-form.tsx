import { useRef } from "preact/hooks";
import { Choices } from "../../components/choices.tsx";
import { Field } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { TextVersions } from "../../components/text-versions.tsx";
import { Tick } from "../../components/tick.tsx";
import { type Day, daysToFillIn } from "../../domain/day.ts";
import { checkIn } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { dayOfDraft } from "../drafts/begun.ts";
import { useApp } from "../frame/app.ts";
import { dayAsSaid, momentInWords } from "../frame/dates.ts";
import { useForm } from "../frame/form.ts";
import { FormEnd } from "../frame/form-end.tsx";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { moveToTrash } from "../frame/to-trash.ts";
import { type CheckInValues, checkCheckIn, formOf, valuesOf } from "./check-in-values.ts";
import { OtherDays } from "./other-days.tsx";
import { Ratings } from "./ratings.tsx";
import { WENT } from "./went.ts";

export interface CheckInFormProps {
  /** The check-in to change, or null for a new one. */
  readonly kept: Kept<typeof checkIn> | null;
  /** The day a new one is for. */
  readonly day: Day;
}

/** Doing first: how today went against what was planned; then rest; then words; and only then, for who wants, ratings. */
export function CheckInForm({ kept, day }: CheckInFormProps) {
  const { diary, clock, settings, toast, go } = useApp();
  const today = clock.today.value;
  // What the person was shown when they began: what arrives meanwhile stays beside what they write.
  const began = useRef(kept);
  const startDay = kept?.values.day ?? day;
  const name = kept === null ? "check-in" : `check-in/${kept.id}`;
  // A draft of another day is of another check-in.
  const isMine = (values: unknown): boolean => kept !== null || dayOfDraft(values) === startDay;
  const form = useForm<CheckInValues>(name, formOf(kept?.values ?? {}, startDay), kept, isMine);
  const { values, set } = form;
  const notes = kept?.texts("note") ?? [];
  const back = kept === null ? "/" : `/diary/${startDay}`;

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isSaved = await form.submit(checkCheckIn, (typed, options) => {
      const written = valuesOf(typed);
      if (began.current !== null) return diary.change(checkIn, began.current, written, options);
      const { written: at, offset } = clock.moment();
      return diary.create(checkIn, { ...written, written: at, offset }, options);
    });
    if (!isSaved) return;
    toast.say(t("check-in.kept"));
    go(kept === null && values.day === today ? "/" : `/diary/${values.day}`, { replace: true });
  };

  const remove = async (): Promise<void> => {
    if (kept !== null && (await moveToTrash({ diary, toast }, checkIn, kept))) go(`/diary/${startDay}`, { replace: true });
  };

  const words = (
    <>
      {notes.length > 1 && (
        <TextVersions
          versions={notes.map(({ text, at }) => ({ key: text, text, when: momentInWords(at, today) }))}
          onChoose={(text) => set("note", text)}
          field="note"
        />
      )}
      <Field
        label={t("check-in.note")}
        hint={t("check-in.note-hint")}
        name="note"
        rows={3}
        value={values.note}
        onInput={(note) => set("note", note)}
        error={form.complaints.note}
      />
    </>
  );

  return (
    <Room
      name={kept === null ? t("check-in.title") : t("check-in.title-change")}
      title={values.day === today ? t("check-in.question-today") : t("check-in.question-day", { day: dayAsSaid(values.day as Day, today) })}
      under={t("check-in.any-part-blank")}
      back={{ href: back }}
    >
      {kept === null && <OtherDays day={startDay} today={today} />}
      <form aria-busy={!form.isReady} class="check-in" onSubmit={(event) => void save(event)}>
        {notes.length > 1 && words}
        <Choices
          legend={t("check-in.went")}
          name="went"
          shape="wide"
          choices={WENT.map(({ value, text }) => ({ value, text: t(text) }))}
          chosen={values.went}
          onChoose={(went) => set("went", went)}
        />
        <Tick text={t("check-in.rested")} name="rested" isTicked={values.rested} onTick={(rested) => set("rested", rested)} />
        {notes.length < 2 && words}
        <Ratings values={values} chosen={settings.value} onRate={set} />
        {kept === null && (
          <Fold summary={t("check-in.another-day")}>
            <Choices
              legend={t("check-in.which-day")}
              name="day"
              shape="tall"
              isKept
              choices={daysToFillIn(today).map((day) => ({ value: day, text: dayAsSaid(day, today) }))}
              chosen={values.day}
              onChoose={(day) => set("day", day ?? today)}
            />
          </Fold>
        )}
        <NotKept trouble={form.trouble} written={[{ about: t("check-in.note"), words: values.note }]} />
        <FormEnd form={form} kept={kept} keep={t("check-in.keep")} onGone={() => go(back, { replace: true })} onDelete={remove} />
      </form>
    </Room>
  );
}
