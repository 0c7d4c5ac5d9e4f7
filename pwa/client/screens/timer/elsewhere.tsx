import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { t } from "../../words/index.ts";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";

export interface ElsewhereProps {
  /** The other window was asked and did not let go. */
  readonly isStuck: boolean;
  readonly onBringHere: () => void;
}

/** The timer is in another window of this phone; one press brings it here, where it stands. */
export function Elsewhere({ isStuck, onBringHere }: ElsewhereProps) {
  useStage("timer/elsewhere");
  return (
    <Room name={t("timer.title")} back={{ href: "/", text: t("places.today") }}>
      <p class="lead">{t("timer.elsewhere")}</p>
      <p role="status">{isStuck && t("timer.elsewhere-stuck")}</p>
      <Dock>
        <Button kind="main" isWide onPress={onBringHere}>
          {t("timer.bring-here")}
        </Button>
      </Dock>
    </Room>
  );
}
