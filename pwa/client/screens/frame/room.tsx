import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page, type PageProps } from "../../components/page.tsx";
import { Toast } from "../../components/toast.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "./app.ts";

/** A page of the open diary: with the line of what was done last, and the one that says a new version is ready. */
export function Room({ children, ...page }: PageProps) {
  const { toast } = useApp();
  const said = toast.said.value;
  return (
    <Page notice={<NewVersion />} {...page}>
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
