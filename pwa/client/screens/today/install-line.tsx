import { signal } from "@preact/signals";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";

/** "Not now" holds on every page until the app is opened again; under More the way there stays. */
const isPutOff = signal(false);

/** Offers the home screen when the browser would, once the diary has been begun. */
export function InstallLine() {
  const { installation } = useApp();
  if (!installation.canInstall.value || isPutOff.value) return null;
  return (
    <Notice icon="phone" text={t("install.why")}>
      <Button onPress={() => void installation.install()}>{t("install.do")}</Button>
      <Button
        kind="bare"
        onPress={() => {
          isPutOff.value = true;
        }}
      >
        {t("install.not-now")}
      </Button>
    </Notice>
  );
}
