import { useEffect, useState } from "preact/hooks";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import { type DoorHere, readDoor } from "../../store/lock.ts";
import { useApp } from "../frame/app.ts";

export interface DoorRead {
  /** Null until it is read. */
  readonly door: DoorHere | null;
  /** Why it could not be read. */
  readonly trouble: StoreFailureCode | null;
  /** Read it anew. */
  look(): Promise<void>;
}

/** The door of this phone. */
export function useDoor(): DoorRead {
  const { diary } = useApp();
  const [door, show] = useState<DoorHere | null>(null);
  const [trouble, tell] = useState<StoreFailureCode | null>(null);
  const look = async (): Promise<void> => {
    try {
      show(await readDoor(diary.ground.database));
      tell(null);
    } catch (cause) {
      if (!(cause instanceof StoreFailure)) throw cause;
      tell(cause.code);
    }
  };
  useEffect(() => void look(), []);
  return { door, trouble, look };
}
