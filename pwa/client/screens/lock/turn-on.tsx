import { useState } from "preact/hooks";
import type { DoorHere } from "../../store/lock.ts";
import { t } from "../../words/index.ts";
import { AfterMinutes } from "./after-minutes.tsx";
import { ChooseWayIn } from "./choose-way-in.tsx";
import { FIRST_MINUTES } from "./lock-in-words.ts";

export interface TurnOnProps {
  readonly door: DoorHere;
  readonly onLocked: () => Promise<void>;
}

/** The time, and what will open it. */
export function TurnOn({ door, onLocked }: TurnOnProps) {
  const [minutes, choose] = useState(FIRST_MINUTES);
  return (
    <>
      <AfterMinutes minutes={minutes} onChoose={choose} />
      <p>{t("lock.each-start")}</p>
      <ChooseWayIn door={door} minutes={minutes} onChosen={onLocked} />
    </>
  );
}
