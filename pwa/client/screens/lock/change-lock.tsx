import { Button } from "../../components/button.tsx";
import { type DoorHere, lockAfter, takeLockOff } from "../../store/lock.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { AfterMinutes } from "./after-minutes.tsx";
import { ChooseWayIn } from "./choose-way-in.tsx";

export interface ChangeLockProps {
  readonly door: DoorHere;
  readonly onChanged: () => Promise<void>;
}

/** Another time, none at all, or something else that opens it: for whoever has just shown that they may. */
export function ChangeLock({ door, onChanged }: ChangeLockProps) {
  const { diary, toast } = useApp();
  const { isBusy, trouble, run } = useBusy();
  const after = async (minutes: number): Promise<void> => {
    await lockAfter(diary, minutes);
    toast.say(t("settings.kept"));
    await onChanged();
  };
  const off = async (): Promise<void> => {
    toast.say(t((await takeLockOff(diary)) ? "lock.is-off" : "lock.keeps-no-key"));
    await onChanged();
  };
  return (
    <>
      <AfterMinutes minutes={door.minutes} onChoose={(minutes) => void run(() => after(minutes))} />
      <div class="stack-close">
        <Button isWide isDisabled={isBusy} onPress={() => void run(off)}>
          {t("lock.turn-off")}
        </Button>
        <p role="alert">{trouble}</p>
      </div>
      <ChooseWayIn door={door} minutes={door.minutes} onChosen={onChanged} />
    </>
  );
}
