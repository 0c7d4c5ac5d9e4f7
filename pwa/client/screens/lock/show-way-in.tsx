import { verifyWay } from "../../account/unlock.ts";
import { verifyWords } from "../../store/words-door.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";
import { AskWayIn } from "./ask-way-in.tsx";
import { useDoor } from "./use-door.ts";

/** Asks once more for what opens the diary, before something that whoever merely holds the phone may not do. */
export function ShowWayIn({ onShown }: { readonly onShown: () => void }) {
  const { diary } = useApp();
  const { door, trouble } = useDoor();
  if (door === null) return <p role="alert">{trouble !== null && t(TROUBLE_WORDS[trouble])}</p>;
  return (
    <AskWayIn
      door={door}
      send={t("lock.go-on")}
      onWords={async (words) => {
        await verifyWords(diary.ground.database, words);
        onShown();
      }}
      onWay={async (way) => {
        await verifyWay(diary, way);
        onShown();
      }}
    />
  );
}
