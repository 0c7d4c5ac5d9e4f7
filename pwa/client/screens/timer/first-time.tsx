import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import type { Draft } from "../../store/drafts.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";

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
  const draft = useRef<Draft | null>(null);
  useEffect(() => {
    let isGone = false;
    void diary.draft("timer-told").then(
      (held) => {
        if (isGone) return held.release();
        draft.current = held;
        setFirst(held.left !== true);
      },
      () => setFirst(true),
    );
    return () => {
      isGone = true;
      draft.current?.release();
    };
  }, []);
  return {
    isFirst,
    told() {
      // Said again next time, if it could not be kept.
      if (isFirst) void draft.current?.keep(true).catch(() => undefined);
    },
  };
}
