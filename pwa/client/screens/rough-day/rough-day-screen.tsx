import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Choices } from "../../components/choices.tsx";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Moon } from "../../components/moon.tsx";
import { TextVersions } from "../../components/text-versions.tsx";
import { TopBar, TopLeave } from "../../components/top-bar.tsx";
import type { Day } from "../../domain/day.ts";
import { type RoughDay, roughDay } from "../../domain/record-types.ts";
import { isLowEnergy } from "../../domain/rough-day.ts";
import { checkValues } from "../../domain/schema.ts";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import type { Kept } from "../../store/records.ts";
import { type Key, t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { sentenceFor } from "../frame/complaints.ts";
import { dayInWords, momentInWords } from "../frame/dates.ts";
import { type Complaints, useForm } from "../frame/form.ts";
import { NotKept } from "../frame/not-kept.tsx";
import { Room } from "../frame/room.tsx";
import { type Saying, useSaying } from "./saying.ts";

type How = NonNullable<RoughDay["how"]>;

const HOW: readonly { readonly value: How; readonly text: Key }[] = [
  { value: "rough", text: "rough-day.rough" },
  { value: "getting-by", text: "rough-day.getting-by" },
  { value: "ok", text: "rough-day.ok" },
];

/** One dim screen for a bad day: one tap says how it is, and that can be all. */
export function RoughDayScreen() {
  const { clock, settings, go } = useApp();
  const isLow = isLowEnergy(settings.value);
  const today = clock.today.value;
  const [wanted, want] = useState<How | null>(null);
  const [trouble, tell] = useState<StoreFailureCode | null>(null);
  const [isWriting, setWriting] = useState(false);
  const [isTakenBack, setTakenBack] = useState(false);
  const saying = useSaying(isWriting);
  const { kept } = saying;
  const how = wanted ?? kept?.values.how ?? null;
  const word = useWord(saying, today, setWriting);
  const heard = useRef<HTMLDivElement>(null);

  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      tell(null);
      return true;
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      tell(cause.code);
      return false;
    }
  };

  const choose = async (chosen: How | null): Promise<void> => {
    if (chosen === null) return;
    want(chosen);
    setTakenBack(false);
    if (await attempt(() => saying.say({ how: chosen }))) want((now) => (now === chosen ? null : now));
  };

  const tryAgain = async (): Promise<void> => {
    await word.keep();
    await choose(wanted);
  };

  const undo = async (takeBack: () => Promise<void>): Promise<void> => {
    if (!(await attempt(takeBack))) return;
    want(null);
    setTakenBack(true);
    word.putBack(saying.current());
    heard.current?.focus({ preventScroll: true });
  };

  const keepWord = async (): Promise<void> => {
    await word.keep();
    // The button is gone that was pressed: what it did is read out instead.
    if (document.activeElement === document.body) heard.current?.focus({ preventScroll: true });
  };

  const showEverything = async (): Promise<void> => {
    await word.keep();
    if (await attempt(saying.showEverything)) go("/", { replace: true });
  };

  return (
    <Room
      name={t("page.rough-day")}
      title={t("rough-day.title")}
      over={dayInWords(today, today)}
      layout="low"
      top={
        isLow ? (
          <TopBar instead={<TopLeave onPress={() => void showEverything()} />} />
        ) : (
          <TopBar back={{ href: "/", text: t("places.today") }} instead={false} />
        )
      }
      foot={
        isLow && (
          <a class="foot-link" href="/">
            <Icon name="today" /> {t("places.today")}
          </a>
        )
      }
    >
      <form
        aria-busy={!word.isReady}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void keepWord();
        }}
      >
        <Choices
          legend={t("rough-day.legend")}
          isLegendHidden
          name="how"
          shape="low"
          isRest
          isKept
          choices={HOW.map(({ value, text }) => ({ value, text: t(text), picture: <Moon rising={value} /> }))}
          chosen={how}
          onChoose={(chosen) => void choose(chosen)}
        />
        <div class="low-said" role="status" tabIndex={-1} ref={heard}>
          {isTakenBack && kept === undefined && <p class="low-kept">{t("rough-day.taken-back")}</p>}
          {kept !== undefined && trouble === null && (
            <div class="row low-kept">
              <p>{t("rough-day.kept", { said: saidIn(kept.values) })}</p>
              {saying.undo !== null && (
                <Button kind="bare" onPress={() => saying.undo && void undo(saying.undo)}>
                  {t("toast.undo")}
                </Button>
              )}
            </div>
          )}
        </div>
        {word.field}
        <NotKept
          trouble={trouble ?? word.trouble}
          written={[
            { about: t("rough-day.title"), words: saidIn(how === null ? {} : { how }) },
            { about: t("rough-day.word"), words: word.text },
          ]}
        />
        {((trouble !== null && wanted !== null) || word.trouble !== null) && (
          <Button onPress={() => void tryAgain()}>{t("trouble.try-again")}</Button>
        )}
      </form>
      {isLow && <p class="small quiet">{t("rough-day.stays")}</p>}
    </Room>
  );
}

/** The one word that may be added: kept when the person leaves the field or presses Enter, and as a draft meanwhile. */
function useWord({ kept, say }: Saying, today: Day, onWriting: (isWriting: boolean) => void) {
  const form = useForm<{ readonly word: string; readonly day: string }>("rough-day", { word: kept?.values.word ?? "", day: today }, kept);
  const isTyping = useRef(false);
  const began = useRef<Kept<typeof roughDay> | undefined>(undefined);
  const versions = kept?.texts("word") ?? [];

  const write = (word: string): void => {
    isTyping.current = true;
    if (!form.isTouched) began.current = kept;
    onWriting(true);
    form.set("word", word);
  };

  const keep = async (isNew = form.isTouched): Promise<void> => {
    if (!isNew) return;
    const isKept = await form.submit(check, ({ word }, options) =>
      say({ word: word.trim() === "" ? undefined : word }, options, began.current),
    );
    if (isKept) onWriting(false);
  };
  // A word that a closed app left here today is kept as it would have been there.
  useEffect(() => {
    if (form.isReady && !isTyping.current && form.values.day === today) void keep();
  }, [form.isReady]);

  const field = (
    <div
      class="stack"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) void keep();
      }}
    >
      {versions.length > 1 && (
        <TextVersions
          versions={versions.map(({ text, at }) => ({ key: text, text, when: momentInWords(at, today) }))}
          onChoose={(text) => {
            write(text);
            void keep(true);
          }}
        />
      )}
      <Field label={t("rough-day.word")} isQuiet name="word" value={form.values.word} onInput={write} error={form.complaints.word} />
      {form.isTouched && (
        <Button type="submit" isRest isWide>
          {t("rough-day.keep-word")}
        </Button>
      )}
    </div>
  );
  const putBack = (now: Kept<typeof roughDay> | undefined): void => form.reset({ word: now?.values.word ?? "", day: today });
  return { field, keep, putBack, isReady: form.isReady, text: form.values.word, trouble: form.trouble };
}

/** How it is and the word, in words. */
function saidIn({ how, word }: Pick<RoughDay, "how" | "word">): string {
  const chosen = HOW.find(({ value }) => value === how);
  return [chosen && t(chosen.text), word].filter(Boolean).join(", ");
}

function check({ word }: { readonly word: string }): Complaints<{ readonly word: string }> {
  const [problem] = checkValues(roughDay, { word });
  return problem === undefined ? {} : { word: sentenceFor(problem.code, true) };
}
