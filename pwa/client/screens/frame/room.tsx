import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page, type PageProps } from "../../components/page.tsx";
import { Toast } from "../../components/toast.tsx";
import { TopBar, TopLeave } from "../../components/top-bar.tsx";
import type { Settings } from "../../domain/record-types.ts";
import { isLowEnergy, ROUGH_DAY_BEGINS, SHOW_EVERYTHING } from "../../domain/rough-day.ts";
import { StoreFailure } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { changeSettings, useApp } from "./app.ts";

/**
 * A page of the open diary: with the line of what was done last, and the one that says a new version is ready. On a rough
 * day the way out of it is in the bar, and the way to its own screen in the foot.
 */
export function Room({ children, ...page }: PageProps) {
  const { toast, settings } = useApp();
  const said = toast.said.value;
  return (
    <Page notice={<NewVersion />} {...(isLowEnergy(settings.value) && onRoughDay(page))} {...page}>
      <Toast
        text={said?.text ?? null}
        onUndo={
          said?.undo &&
          (() => {
            said.undo?.();
            toast.putAway();
          })
        }
        way={said?.way}
        onAway={toast.putAway}
        isDocked
      />
      {children}
    </Page>
  );
}

function onRoughDay({ back }: PageProps): Partial<PageProps> {
  return {
    top: <TopBar back={back} instead={<ShowEverything />} />,
    foot: (
      <a class="foot-link" href="/rough-day">
        <Icon name="rough" /> {t("page.rough-day")}
      </a>
    ),
  };
}

function ShowEverything() {
  const app = useApp();
  const set = async (energy: Settings): Promise<boolean> => {
    try {
      await changeSettings(app, energy);
      return true;
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      app.toast.say(t("rough-day.not-changed"));
      return false;
    }
  };
  const leave = async (): Promise<void> => {
    if (!(await set(SHOW_EVERYTHING))) return;
    app.toast.say(t("rough-day.is-over"), () => void set(ROUGH_DAY_BEGINS));
    // The button is gone that was pressed: what stands in its place is next.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".rough-link")?.focus({ preventScroll: true }));
  };
  return <TopLeave onPress={() => void leave()} />;
}

/** Each page is a room of its own, and "not now" holds in all of them. */
const isPutOff = signal(false);

/** A new version is here. It waits until the person lets it in; "not now" holds until the app is opened again. */
function NewVersion() {
  const { updates } = useApp();
  const [isHeldUp, holdUp] = useState(false);
  if (!updates.ready.value || isPutOff.value) return null;
  const letIn = async (): Promise<void> => holdUp((await updates.takeOver()) === "drafts-not-kept");
  return (
    <Notice icon="undo" text={isHeldUp ? t("update.held-up") : t("update.ready")}>
      <Button onPress={() => void letIn()}>{t("update.let-in")}</Button>
      <Button
        kind="bare"
        onPress={() => {
          isPutOff.value = true;
        }}
      >
        {t("update.not-now")}
      </Button>
    </Notice>
  );
}
