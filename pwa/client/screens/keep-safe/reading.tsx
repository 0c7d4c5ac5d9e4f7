import { useEffect } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { t } from "../../words/index.ts";
import { useBusy } from "../frame/busy.ts";
import { Room } from "../frame/room.tsx";

export interface ReadingProps {
  readonly name: string;
  /** Null until there is something to read with. */
  readonly read: (() => Promise<void>) | null;
}

/** The page for the moment before what it shows was read; where that fails, it says so and may be tried again. */
export function Reading({ name, read }: ReadingProps) {
  const { isBusy, trouble, run } = useBusy();
  const isReady = read !== null;
  // Once, however often what reads is made anew.
  useEffect(() => void (read && run(read)), [isReady]);
  return (
    <Room name={name} back={{ href: "/more" }}>
      <p role="status" class="quiet">
        {trouble === null && t("reading.moment")}
      </p>
      <p role="alert">{trouble}</p>
      {read !== null && trouble !== null && (
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(read)}>
          {t("trouble.try-again")}
        </Button>
      )}
    </Room>
  );
}
