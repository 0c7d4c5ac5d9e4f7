import { Button } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { isAppleMobile, isStandalone } from "../../shell/install.ts";
import { type Key, t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";

const APPLE_STEPS: readonly Key[] = [
  "home-screen.apple-copy",
  "home-screen.apple-share",
  "home-screen.apple-add",
  "home-screen.apple-bring",
];

/** How to put the app on the home screen, in the way this phone has; nothing where it was opened from there. */
export function HomeScreen() {
  const { installation } = useApp();
  if (isStandalone()) return null;
  const canInstall = installation.canInstall.value;
  return (
    <Fold summary={t("home-screen.title")}>
      {isAppleMobile(navigator.userAgent, navigator.maxTouchPoints) ? (
        <OnApple />
      ) : canInstall ? (
        <>
          <p>{t("home-screen.why")}</p>
          <Button kind="plain" icon="phone" onPress={() => void installation.install()}>
            {t("home-screen.do")}
          </Button>
        </>
      ) : (
        <>
          <p>{t("home-screen.why")}</p>
          <p>{t("home-screen.elsewhere")}</p>
        </>
      )}
    </Fold>
  );
}

/** There the home-screen app keeps a diary of its own, so what was begun in the browser has to be brought along. */
function OnApple() {
  return (
    <>
      <p>{t("welcome.home-screen-why")}</p>
      <ol class="steps">
        {APPLE_STEPS.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
    </>
  );
}
