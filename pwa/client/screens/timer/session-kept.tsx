import { ButtonLink } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { t } from "../../words/index.ts";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import type { SessionId } from "./kept-timer.ts";

/** It is in the diary. A win can be made of it, in new words; or not. */
export function SessionKept({ id }: { readonly id: SessionId }) {
  useStage("timer/kept");
  return (
    <Room name={t("timer.title")} title={t("timer.kept")} back={{ href: "/", text: t("places.today") }}>
      <p class="lead">{t("timer.kept-text")}</p>
      <ButtonLink kind="plain" isWide href={`/wins/new?from=${id}`} icon="cairn">
        {t("timer.make-win")}
      </ButtonLink>
      <Dock>
        <ButtonLink kind="main" isWide href="/">
          {t("timer.to-today")}
        </ButtonLink>
      </Dock>
    </Room>
  );
}
