import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { t } from "../../words/index.ts";
import { Room } from "../frame/room.tsx";

/** The place where a group will be. Until then it says so, and where wins are kept meanwhile. */
export function GroupScreen() {
  return (
    <Room name={t("places.group")} place="group">
      <EmptyState text={t("group.not-yet")}>
        <p>{t("group.wins-meanwhile")}</p>
        <ButtonLink kind="plain" href="/wins" icon="cairn">
          {t("more.wins")}
        </ButtonLink>
      </EmptyState>
    </Room>
  );
}
