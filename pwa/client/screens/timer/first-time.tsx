import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { keepPhoneNote, readPhoneNote } from "../frame/phone-note.ts";

const NOTE = "timer-told";

/** Says, before the first start on this phone, where the timer rings and where it does not. */
export function FirstTime({ isFirst }: { readonly isFirst: boolean }) {
  if (!isFirst) return null;
  return (
    <p class="first-time">
      <Icon name="sound" /> <span>{t("timer.first-time")}</span>
    </p>
  );
}

/** Whether the timer was never started on this phone; `told` remembers that it was said. It is about the phone, so it stays on it. */
export function useFirstTime(): { readonly isFirst: boolean; told(): void } {
  const { diary } = useApp();
  const [isFirst, setFirst] = useState(false);
  useEffect(() => {
    void readPhoneNote(diary, NOTE).then(
      (told) => setFirst(told !== true),
      () => setFirst(true),
    );
  }, []);
  return {
    isFirst,
    told() {
      // Said again next time, if it could not be kept.
      if (isFirst) void keepPhoneNote(diary, NOTE, true).catch(() => undefined);
    },
  };
}
