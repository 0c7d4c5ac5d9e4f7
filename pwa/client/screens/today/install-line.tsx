import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";

/** Offers the home screen when the browser would, once the diary has been begun. */
export function InstallLine() {
  const { installation } = useApp();
  const [isPutOff, putOff] = useState(false);
  if (!installation.canInstall.value || isPutOff) return null;
  return (
    <Notice icon="phone" text={t("install.why")}>
      <Button onPress={() => void installation.install()}>{t("install.do")}</Button>
      <Button kind="bare" onPress={() => putOff(true)}>
        {t("install.not-now")}
      </Button>
    </Notice>
  );
}
