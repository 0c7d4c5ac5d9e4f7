import { ButtonLink } from "../../components/button.tsx";
import { t } from "../../words/index.ts";
import { Room } from "../frame/room.tsx";

/** No screen stands at this address, or what stood there is gone. */
export function NotFoundScreen() {
  return (
    <Room name={t("not-found.title")} back={{ href: "/", text: t("places.today") }}>
      <p class="lead">{t("not-found.text")}</p>
      <ButtonLink kind="main" isWide href="/">
        {t("not-found.to-today")}
      </ButtonLink>
    </Room>
  );
}
